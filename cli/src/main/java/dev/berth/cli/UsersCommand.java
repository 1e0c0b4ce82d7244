package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import picocli.CommandLine.Command;

@Command(
        name = "users",
        header = "List the people who use the simulated WeChat, or add one.",
        description = {
            "",
            "OPENID is what services of the default app read in X-WX-OPENID; it stays the same across restarts.",
            ""
        },
        footer = {"", "Examples:", "  berth users", "  berth users add carol --phone 13800138000"},
        subcommands = UsersAddCommand.class)
final class UsersCommand extends ServerCommand {
    UsersCommand(Shell shell) {
        super(shell);
    }

    @Override
    int run(ManagementApi api) {
        JsonNode answer = api.get(ApiPath.of("users"));
        if (json()) {
            return print(answer, "");
        }
        printTable(answer.path("users"), api.defaults().app());
        return ExitCode.OK;
    }

    private void printTable(Iterable<JsonNode> users, String app) {
        Table table = new Table("NAME", "NICKNAME", "PHONE", "OPENID");
        users.forEach(user -> table.row(cells(user, app).toArray(String[]::new)));
        table.print(shell().out());
        shell().out().println("The openids are those of app " + app + ".");
    }

    private static List<String> cells(JsonNode user, String app) {
        return List.of(
                Table.cell(user.path("name")),
                Table.cell(user.path("nickname")),
                Table.cell(user.path("phone")),
                Table.cell(user.path("openids").path(app)));
    }
}
