package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

@Command(
        name = "envs",
        header = "List the environments, or add one: what an app owns and deploys into.",
        description = {
            "",
            "SHARED WITH: the other apps that may call the services of the environment; see: berth grant.",
            ""
        },
        footer = {"", "Examples:", "  berth envs", "  berth envs add prod-02 --app wx2222222222222222"},
        subcommands = EnvsAddCommand.class)
final class EnvsCommand extends ServerCommand {
    EnvsCommand(Shell shell) {
        super(shell);
    }

    @Override
    int run(ManagementApi api) {
        JsonNode answer = api.get(ApiPath.of("environments"));
        if (json()) {
            return print(answer, "");
        }
        Table table = new Table("ENVIRONMENT", "APP", "SERVICES", "SHARED WITH");
        for (JsonNode environment : answer.path("environments")) {
            List<String> grants = new ArrayList<>();
            environment.path("grants").forEach(grant -> grants.add(Table.cell(grant)));
            table.row(
                    Table.cell(environment.path("id")),
                    Table.cell(environment.path("app")),
                    Table.cell(environment.path("services")),
                    grants.isEmpty() ? "-" : String.join(" ", grants));
        }
        table.print(shell().out());
        return ExitCode.OK;
    }
}
