package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** The calls toward WeChat, as a table of the past, newest first, or line by line as they come. */
record WeChatCalls(ServerCommand command, ManagementApi api, Optional<String> environment, Optional<String> service) {
    int list(int limit) {
        JsonNode answer = api.get(newest(limit));
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
        new Feed(command, api, this::newest, "calls", call -> String.join("  ", cells(call))).follow(past);
        return ExitCode.OK;
    }

    private ApiPath newest(int most) {
        ApiPath path = ApiPath.of("open-api-calls").with("limit", Integer.toString(most));
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
}
