package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "inbox",
        header = "Show what apps have sent to a user of the simulated WeChat.",
        description = {"", "The newest last: subscription messages and messages of customer service.", ""},
        footer = {"", "Examples:", "  berth inbox alice", "  berth inbox alice --clear"})
final class InboxCommand extends ServerCommand {
    @Parameters(paramLabel = "USER", description = "A name; see: berth users")
    private String user = "";

    @Option(names = "--clear", description = "Forget them instead.")
    private boolean clear;

    InboxCommand(Shell shell) {
        super(shell);
    }

    @Override
    int run(ManagementApi api) {
        ApiPath path = ApiPath.of("simulator", "users", user, "inbox");
        if (clear) {
            return print(api.delete(path), "The inbox of %s is empty.".formatted(user));
        }
        JsonNode answer = api.get(path);
        if (json()) {
            return print(answer, "");
        }
        if (answer.path("messages").isEmpty()) {
            shell().out().println("Nothing was sent to %s.".formatted(user));
            return ExitCode.OK;
        }
        Table table = new Table("AT", "APP", "KIND", "CONTENT");
        for (JsonNode message : answer.path("messages")) {
            table.row(
                    Table.time(message.path("time")),
                    Table.cell(message.path("app")),
                    Table.cell(message.path("kind")),
                    message.path("content").toString());
        }
        table.print(shell().out());
        return ExitCode.OK;
    }
}
