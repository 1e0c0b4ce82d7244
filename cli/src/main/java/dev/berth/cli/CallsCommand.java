package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "calls",
        header = "List the latest calls through the gateway, newest first.",
        description = {
            "",
            "COLD tells whether an instance had to be started for the call. REASON says why a call got no answer of a "
                    + "service.",
            ""
        },
        footer = {"", "Examples:", "  berth calls", "  berth calls -n 5 --json"})
final class CallsCommand extends ServerCommand {
    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            defaultValue = "50",
            description = "How many (default: ${DEFAULT-VALUE}).")
    private int limit;

    CallsCommand(Shell shell) {
        super(shell);
    }

    @Override
    void check() {
        if (limit < 1) {
            throw wrongUsage("--limit: %d (expected: 1 or more)".formatted(limit), "For example: -n 20");
        }
    }

    @Override
    int run(ManagementApi api) {
        JsonNode answer = api.get(ApiPath.of("calls").with("limit", Integer.toString(limit)));
        if (json()) {
            return print(answer, "");
        }
        if (answer.path("calls").isEmpty()) {
            shell().out().println("No calls yet. Make one with: ./berth call SERVICE PATH");
            return ExitCode.OK;
        }
        Table table =
                new Table("AT", "METHOD", "PATH", "SERVICE", "STATUS", "OUTCOME", "COLD", "MS", "CALL ID", "REASON");
        for (JsonNode call : answer.path("calls")) {
            table.row(
                    Table.cell(call.path("at")),
                    Table.cell(call.path("method")),
                    Table.cell(call.path("path")),
                    Table.cell(call.path("service")),
                    Table.cell(call.path("status")),
                    Table.cell(call.path("outcome")),
                    call.path("cold").asBoolean() ? "cold" : "-",
                    Table.cell(call.path("totalMillis")),
                    Table.cell(call.path("callId")),
                    Table.cell(call.path("reason")));
        }
        table.print(shell().out());
        return ExitCode.OK;
    }
}
