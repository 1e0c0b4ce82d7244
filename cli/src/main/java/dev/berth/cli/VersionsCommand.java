package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "versions",
        header = "List the versions of a service, newest first.",
        description = {
            "",
            "TRAFFIC: the share of the calls that goes to the version. Of the versions without traffic the newest ten are kept.",
            "SCALE: how many instances there may be, --min to --max. IDLE: without calls for so long they stop.",
            ""
        },
        footer = {"", "Examples:", "  berth versions whoami", "  berth versions whoami --json"})
final class VersionsCommand extends ServerCommand {
    @Parameters(paramLabel = "SERVICE", description = "The service.")
    private String service = "";

    @Mixin
    private EnvironmentOption environment = new EnvironmentOption();

    VersionsCommand(Shell shell) {
        super(shell);
    }

    @Override
    int run(ManagementApi api) {
        JsonNode answer = api.get(ApiPath.of("environments", environment.in(api), "services", service, "versions"));
        if (json()) {
            return print(answer, "");
        }
        Table table = new Table("VERSION", "TRAFFIC", "CREATED", "INSTANCES", "SCALE", "IDLE", "LAUNCH", "FROM");
        for (JsonNode version : answer.path("versions")) {
            int weight = version.path("weight").asInt();
            table.row(
                    Table.cell(version.path("name")),
                    weight == 0 ? "-" : weight + " %",
                    Table.time(version.path("createdAt")),
                    Table.cell(version.path("instances")),
                    scale(version.path("settings")),
                    Table.cell(version.path("settings").path("idle")),
                    Table.cell(version.path("launch")),
                    Table.cell(version.path("origin")));
        }
        table.print(shell().out());
        return ExitCode.OK;
    }

    /** {@code 0-5}. */
    private static String scale(JsonNode settings) {
        return Table.cell(settings.path("min")) + "-" + Table.cell(settings.path("max"));
    }
}
