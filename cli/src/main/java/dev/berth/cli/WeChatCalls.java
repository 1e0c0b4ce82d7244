package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The calls toward WeChat, as a table of the past, newest first, or line by line as they come. */
record WeChatCalls(ServerCommand command, ManagementApi api, Optional<String> environment, Optional<String> service) {
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final int MOST_AT_ONCE = 1000;

    int list(int limit) {
        JsonNode answer = api.get(path(limit, 0));
        if (command.json()) {
            return command.print(answer, "");
        }
        if (answer.path("calls").isEmpty()) {
            command.shell().out().println("WeChat was asked nothing yet. What services may ask: ./berth permissions");
            return ExitCode.OK;
        }
        Table table = new Table("AT", "ASKER", "APP", "METHOD", "PATH", "ERRCODE", "TRIES", "MS", "REASON");
        answer.path("calls").forEach(call -> table.row(cells(call)));
        table.print(command.shell().out());
        return ExitCode.OK;
    }

    int follow(int past) {
        long newest = tell(past, 0);
        while (!command.shell().out().checkError() && sleep()) { // a reader such as head may have gone
            newest = tell(MOST_AT_ONCE, newest);
        }
        return ExitCode.OK;
    }

    /** @return the number of the newest call told so far */
    private long tell(int most, long after) {
        List<JsonNode> calls = new ArrayList<>();
        api.get(path(most, after)).path("calls").forEach(calls::add);
        calls.reversed().forEach(call -> command.print(call, String.join("  ", cells(call))));
        return calls.isEmpty() ? after : calls.getFirst().path("id").asLong();
    }

    private ApiPath path(int limit, long after) {
        ApiPath path = ApiPath.of("open-api-calls").with("limit", Integer.toString(limit));
        if (after > 0) {
            path = path.with("after", Long.toString(after));
        }
        if (environment.isPresent()) {
            path = path.with("env", environment.get());
        }
        return service.isPresent() ? path.with("service", service.get()) : path;
    }

    private static String[] cells(JsonNode call) {
        return new String[] {
            Table.time(call.path("at")),
            Table.cell(call.path("asker")),
            Table.cell(call.path("app")),
            Table.cell(call.path("method")),
            Table.cell(call.path("path")),
            call.path("status").asInt() == 200 ? Table.cell(call.path("errcode")) : withStatus(call),
            Table.cell(call.path("tries")),
            Table.cell(call.path("totalMillis")),
            Table.cell(call.path("reason"))
        };
    }

    /** WeChat answers 200 to nearly everything, so another status is worth a word. */
    private static String withStatus(JsonNode call) {
        return "%s (HTTP %s)".formatted(Table.cell(call.path("errcode")), Table.cell(call.path("status")));
    }

    private static boolean sleep() {
        try {
            Thread.sleep(LOOK_EVERY);
            return true;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
