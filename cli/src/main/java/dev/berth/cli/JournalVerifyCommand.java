package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "verify",
        header = "Test whether the simulated WeChat was asked as expected.",
        description = {
            "",
            "Exits with 1 if it was not, and tells what came nearest. Of --body and --query only the named fields count. How "
                    + "often: --count, or --at-least and --at-most; without them at least once.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  berth journal verify --api /wxa/msg_sec_check --body '{\"content\": \"hello\"}' --count 1",
            "  berth journal verify --api subscribeMessage.send --at-least 2 --since 17"
        })
final class JournalVerifyCommand extends ServerCommand {
    @Option(names = "--api", paramLabel = "A", description = "A path or a name.")
    private Optional<String> calledApi = Optional.empty();

    @Option(names = "--app", paramLabel = "APPID", description = "In the name of this app.")
    private Optional<String> app = Optional.empty();

    @Option(names = "--method", paramLabel = "M", description = "Such as POST.")
    private Optional<String> method = Optional.empty();

    @Option(names = "--errcode", paramLabel = "N", description = "The errcode of the answer; 0 for success.")
    private Optional<Long> errcode = Optional.empty();

    @Option(names = "--body", paramLabel = "JSON", description = "What the body must hold.")
    private Optional<String> body = Optional.empty();

    @Option(names = "--query", paramLabel = "K=V", description = "What the query must hold; repeatable.")
    private Map<String, String> query = new LinkedHashMap<>();

    @Option(names = "--since", paramLabel = "ID", description = "Only entries after this one.")
    private Optional<Long> since = Optional.empty();

    @Option(names = "--count", paramLabel = "N", description = "Exactly so often.")
    private Optional<Long> count = Optional.empty();

    @Option(names = "--at-least", paramLabel = "N", description = "So often, or more.")
    private Optional<Long> atLeast = Optional.empty();

    @Option(names = "--at-most", paramLabel = "N", description = "So often, or less.")
    private Optional<Long> atMost = Optional.empty();

    JournalVerifyCommand(Shell shell) {
        super(shell);
    }

    @Override
    void check() {
        if (body.isPresent() && !Json.readOrMissing(body.get()).isObject()) {
            throw wrongUsage(
                    "--body: %s (expected: a JSON object)".formatted(body.get()),
                    "For example: --body '{\"content\": \"hello\"}'");
        }
    }

    @Override
    int run(ManagementApi api) {
        ObjectNode expected = Json.object();
        calledApi.ifPresent(value -> expected.put("api", value));
        app.ifPresent(value -> expected.put("app", value));
        method.ifPresent(value -> expected.put("method", value));
        errcode.ifPresent(value -> expected.put("errcode", value));
        body.ifPresent(value -> expected.set("body", Json.readOrMissing(value)));
        if (!query.isEmpty()) {
            ObjectNode parameters = expected.putObject("query");
            query.forEach(parameters::put);
        }
        since.ifPresent(value -> expected.put("since", value));
        count.ifPresent(value -> expected.put("count", value));
        atLeast.ifPresent(value -> expected.put("atLeast", value));
        atMost.ifPresent(value -> expected.put("atMost", value));
        JsonNode answer = api.post(ApiPath.of("simulator", "journal", "verify"), expected);
        boolean passed = answer.path("passed").asBoolean();
        print(
                answer,
                "%s: found %s, expected %s"
                        .formatted(
                                passed ? "As expected" : "Not as expected",
                                Table.cell(answer.path("found")),
                                Table.cell(answer.path("expected"))));
        if (!passed && !json()) {
            answer.path("nearestMisses").forEach(miss -> tell(shell().out(), miss));
        }
        return passed ? ExitCode.OK : ExitCode.REFUSED;
    }

    private static void tell(PrintStream out, JsonNode miss) {
        JsonNode entry = miss.path("entry");
        out.println("  near: %s %s, entry %s"
                .formatted(
                        Table.cell(entry.path("method")),
                        Table.cell(entry.path("path")),
                        Table.cell(entry.path("id"))));
        miss.path("differences")
                .forEach(other -> out.println("    %s: %s (expected: %s)"
                        .formatted(Table.cell(other.path("field")), other.path("found"), other.path("expected"))));
    }
}
