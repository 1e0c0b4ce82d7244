package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "instances",
        header = "List the running instances of a service.",
        description = {
            "",
            "STATE: starting, running, suspected (a connection to it broke, it is being looked at), or leaving (gets no new "
                    + "calls and stops when those it has have ended).",
            ""
        },
        footer = {"", "Examples:", "  berth instances whoami", "  berth instances whoami --json"})
final class InstancesCommand extends ServerCommand {
    @Parameters(paramLabel = "SERVICE", description = "The service.")
    private String service = "";

    @Mixin
    private EnvironmentOption environment = new EnvironmentOption();

    InstancesCommand(Shell shell) {
        super(shell);
    }

    @Override
    int run(ManagementApi api) {
        JsonNode answer = api.get(ApiPath.of("environments", environment.in(api), "services", service, "instances"));
        if (json()) {
            return print(answer, "");
        }
        if (answer.path("instances").isEmpty()) {
            return printNone(api);
        }
        Table table = new Table("ID", "VERSION", "STATE", "PID", "ENDPOINT", "STARTED", "IN FLIGHT");
        for (JsonNode instance : answer.path("instances")) {
            table.row(
                    Table.cell(instance.path("id")),
                    Table.cell(instance.path("version")),
                    Table.cell(instance.path("state")),
                    starting(instance) ? "-" : Table.cell(instance.path("pid")),
                    starting(instance) ? "-" : Table.cell(instance.path("endpoint")),
                    Table.time(instance.path("startedAt")),
                    Table.cell(instance.path("inFlight")));
        }
        table.print(shell().out());
        return ExitCode.OK;
    }

    private int printNone(ManagementApi api) {
        JsonNode asked = api.get(ApiPath.of("environments", environment.in(api), "services", service));
        List<FailingService> failing = FailingService.of(
                JsonNodeFactory.instance.arrayNode().add(asked),
                environment.given().orElse(""));
        shell().out()
                .println("No instance of %s runs.%s"
                        .formatted(service, failing.isEmpty() ? " The next call starts one." : ""));
        failing.forEach(one -> one.print(shell().out()));
        return ExitCode.OK;
    }

    /** It has no process yet, or none that anybody could call. */
    private static boolean starting(JsonNode instance) {
        return instance.path("state").asText().equals("starting");
    }
}
