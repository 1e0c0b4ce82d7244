package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * Numbered entries, of which the management API gives the newest first: printed line by line, oldest first.
 *
 * @param newest where so many are asked for, at most
 * @param list their name in the answer
 */
record Feed(
        ServerCommand command,
        ManagementApi api,
        IntFunction<ApiPath> newest,
        String list,
        Function<JsonNode, String> line) {
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final int MOST_AT_ONCE = 1000;

    void print(int past) {
        print(newest.apply(past), 0);
    }

    /** Prints new ones too, as they come, for as long as somebody reads. */
    void follow(int past) {
        long last = print(newest.apply(past), 0);
        while (!command.shell().out().checkError() && sleep()) { // a reader such as head may have gone
            ApiPath path = newest.apply(MOST_AT_ONCE);
            last = print(last > 0 ? path.with("after", Long.toString(last)) : path, last);
        }
    }

    /** @return the number of the newest entry so far */
    private long print(ApiPath path, long before) {
        List<JsonNode> entries = new ArrayList<>();
        api.get(path).path(list).forEach(entries::add);
        entries.reversed().forEach(entry -> command.print(entry, line.apply(entry)));
        return entries.isEmpty() ? before : entries.getFirst().path("id").asLong();
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
