package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "services",
        header = "List the services of an environment.",
        description = {
            "",
            "VERSION: where the traffic goes; several, while they share it.",
            "INSTANCES: how many there are now (and how many there may be, --min to --max of the deployment).",
            "STATE: zero (no instance, wakes with the next call), starting, running, or failing; of a failing one "
                    + "the reason is shown below the table.",
            ""
        },
        footer = {"", "Examples:", "  berth services", "  berth services --env prod-02 --json"})
final class ServicesCommand extends ServerCommand {
    @Mixin
    private EnvironmentOption environment = new EnvironmentOption();

    ServicesCommand(Shell shell) {
        super(shell);
    }

    @Override
    int run(ManagementApi api) {
        String env = environment.in(api);
        JsonNode answer = api.get(ApiPath.of("environments", env, "services"));
        JsonNode services = answer.path("services");
        if (json()) {
            return print(answer, "");
        }
        if (services.isEmpty()) {
            shell().out().println("No services in %s yet. Deploy a folder with: ./berth deploy PATH".formatted(env));
            return ExitCode.OK;
        }
        Table table = new Table("NAME", "VERSION", "STATE", "INSTANCES", "LAUNCH");
        for (JsonNode service : services) {
            table.row(
                    Table.cell(service.path("name")),
                    service.has("shares") ? Traffic.of(service) : Table.cell(service.path("version")),
                    Table.cell(service.path("state")),
                    instances(service),
                    Table.cell(service.path("launch")));
        }
        table.print(shell().out());
        FailingService.of(services, environment.given().orElse("")).forEach(failing -> failing.print(shell().out()));
        LostLines.print(shell().out(), services);
        return ExitCode.OK;
    }

    /** {@code 2 (0-5)}. */
    private static String instances(JsonNode service) {
        String now = Table.cell(service.path("instances"));
        return service.has("max")
                ? "%s (%d-%d)"
                        .formatted(
                                now,
                                service.path("min").asInt(),
                                service.path("max").asInt())
                : now;
    }
}
