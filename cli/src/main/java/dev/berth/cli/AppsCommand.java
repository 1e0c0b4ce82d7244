package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;

@Command(
        name = "apps",
        header = "List the apps (mini programs and official accounts), or add one.",
        description = {"", "Secrets are never shown.", ""},
        footer = {"", "Examples:", "  berth apps", "  berth apps add wx2222222222222222 < secret.txt"},
        subcommands = AppsAddCommand.class)
final class AppsCommand extends ServerCommand {
    AppsCommand(Shell shell) {
        super(shell);
    }

    @Override
    int run(ManagementApi api) {
        JsonNode answer = api.get(ApiPath.of("apps"));
        if (json()) {
            return print(answer, "");
        }
        Table table = new Table("APPID", "KIND");
        for (JsonNode app : answer.path("apps")) {
            table.row(Table.cell(app.path("id")), Table.cell(app.path("kind")));
        }
        table.print(shell().out());
        return ExitCode.OK;
    }
}
