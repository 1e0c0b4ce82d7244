package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "journal",
        header = "Show what the simulated WeChat was asked, and what it answered.",
        description = {"", "The newest last. Queries, bodies and answers are in --json; secrets are *** there.", ""},
        footer = {
            "",
            "Examples:",
            "  berth journal --api security.msgSecCheck -n 5",
            "  berth journal --json | jq '.entries[-1].body'",
            "  berth journal verify --api /wxa/msg_sec_check --body '{\"content\": \"hello\"}' --count 1"
        },
        subcommands = {JournalVerifyCommand.class, JournalClearCommand.class})
final class JournalCommand extends ServerCommand {
    @Option(names = "--api", paramLabel = "A", description = "Only calls of this API; a path or a name.")
    private Optional<String> calledApi = Optional.empty();

    @Option(names = "--app", paramLabel = "APPID", description = "Only calls in the name of this app.")
    private Optional<String> app = Optional.empty();

    @Option(
            names = "--since",
            paramLabel = "S",
            description = "From there on: the id of an entry (after it), or a time such as 2026-01-01T00:00:00Z.")
    private Optional<String> since = Optional.empty();

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            defaultValue = "50",
            description = "How many (default: ${DEFAULT-VALUE}).")
    private int limit;

    JournalCommand(Shell shell) {
        super(shell);
    }

    @Override
    void check() {
        if (limit < 1 || limit > 1000) {
            throw wrongUsage("--limit: %d (expected: 1 to 1000)".formatted(limit), "For example: -n 20");
        }
    }

    @Override
    int run(ManagementApi api) {
        ApiPath path = ApiPath.of("simulator", "journal").with("limit", Integer.toString(limit));
        path = calledApi.isPresent() ? path.with("api", calledApi.get()) : path;
        path = app.isPresent() ? path.with("app", app.get()) : path;
        path = since.isPresent() ? path.with("since", since.get()) : path;
        JsonNode answer = api.get(path);
        if (json()) {
            return print(answer, "");
        }
        if (answer.path("entries").isEmpty()) {
            shell().out().println("The simulated WeChat was asked nothing.");
            return ExitCode.OK;
        }
        Table table = new Table("ID", "AT", "APP", "METHOD", "PATH", "STATUS", "ERRCODE", "FAULT");
        for (JsonNode entry : answer.path("entries")) {
            table.row(
                    Table.cell(entry.path("id")),
                    Table.time(entry.path("time")),
                    Table.cell(entry.path("app")),
                    Table.cell(entry.path("method")),
                    Table.cell(entry.path("path")),
                    Table.cell(entry.path("status")),
                    Table.cell(entry.path("errcode")),
                    Table.cell(entry.path("fault")));
        }
        table.print(shell().out());
        return ExitCode.OK;
    }
}
