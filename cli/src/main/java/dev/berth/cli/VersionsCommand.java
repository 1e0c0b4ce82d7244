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
        Table table = new Table("VERSION", "TRAFFIC", "CREATED", "INSTANCES", "LAUNCH", "FROM");
        for (JsonNode version : answer.path("versions")) {
            int weight = version.path("weight").asInt();
            table.row(
                    Table.cell(version.path("name")),
                    weight == 0 ? "-" : weight + " %",
                    Table.time(version.path("createdAt")),
                    Table.cell(version.path("instances")),
                    Table.cell(version.path("launch")),
                    Table.cell(version.path("origin")));
        }
        table.print(shell().out());
        return ExitCode.OK;
    }
}
