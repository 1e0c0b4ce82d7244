package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "versions",
        header = "List the versions of a service or a cloud function, newest first.",
        description = {
            "",
            "TRAFFIC: the share of the calls that goes to the version. Of the versions without traffic the newest ten are kept.",
            "SCALE: how many instances there may be, --min to --max. IDLE: without calls for so long they stop.",
            "Of a function one version is live and gets every call.",
            ""
        },
        footer = {"", "Examples:", "  berth versions whoami", "  berth versions whoami --json", "  berth versions sum"})
final class VersionsCommand extends ServerCommand {
    @Parameters(paramLabel = "NAME", description = "The service or function.")
    private String name = "";

    @Mixin
    private DeployableOptions deployable = new DeployableOptions();

    VersionsCommand(Shell shell) {
        super(shell);
    }

    @Override
    int run(ManagementApi api) {
        Deployable owner = deployable.named(name, api);
        JsonNode answer = api.get(owner.path("versions"));
        if (json()) {
            return print(answer, "");
        }
        Table table = owner.isFunction() ? ofFunction(answer) : ofService(answer);
        table.print(shell().out());
        return ExitCode.OK;
    }

    private static Table ofService(JsonNode answer) {
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
        return table;
    }

    private static Table ofFunction(JsonNode answer) {
        Table table = new Table("VERSION", "LIVE", "CREATED", "TIMEOUT", "MEMORY", "HANDLER", "PERMISSIONS", "TRIGGER");
        for (JsonNode version : answer.path("versions")) {
            FunctionCells cells = new FunctionCells(version.path("settings"));
            table.row(
                    Table.cell(version.path("name")),
                    version.path("live").asBoolean() ? "live" : "-",
                    Table.time(version.path("createdAt")),
                    cells.timeout(),
                    cells.memory(),
                    Table.cell(version.path("settings").path("handler")),
                    cells.permissions(),
                    cells.trigger());
        }
        return table;
    }

    /** {@code 0-5}. */
    private static String scale(JsonNode settings) {
        return Table.cell(settings.path("min")) + "-" + Table.cell(settings.path("max"));
    }
}
