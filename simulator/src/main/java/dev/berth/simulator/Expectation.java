package dev.berth.simulator;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a test expects to find in the journal, and how often.
 *
 * @param since only entries with a higher id count
 */
record Expectation(
        Optional<String> path,
        Optional<String> method,
        Optional<String> app,
        Optional<Integer> errcode,
        Optional<JsonObject> query,
        Optional<JsonObject> body,
        long since,
        long atLeast,
        long atMost) {
    private static final Set<String> FIELDS =
            Set.of("api", "method", "app", "errcode", "query", "body", "since", "count", "atLeast", "atMost");

    static Expectation read(RoutingContext call) {
        ControlJson body = ControlJson.read(call, FIELDS);
        Optional<Long> count = times(body, "count");
        Optional<Long> atLeast = times(body, "atLeast");
        Optional<Long> atMost = times(body, "atMost");
        if (count.isPresent() && (atLeast.isPresent() || atMost.isPresent())) {
            throw Refusal.invalid("count: beside atLeast or atMost (expected: either)");
        }
        long least = count.or(() -> atLeast).orElse(atMost.isPresent() ? 0L : 1L);
        long most = count.or(() -> atMost).orElse(Long.MAX_VALUE);
        if (least > most) {
            throw Refusal.invalid("atLeast: %d (expected: at most atMost, which is %d)".formatted(least, most));
        }
        return new Expectation(
                body.optional("api").map(ApiName::path),
                body.optional("method"),
                body.optional("app"),
                body.integer("errcode").map(Expectation::errcode),
                body.object("query"),
                body.object("body"),
                body.integer("since").orElse(0L),
                least,
                most);
    }

    private static int errcode(long number) {
        if (number != (int) number) {
            throw Refusal.invalid("errcode: %d (expected: the number of an error, such as 45009)".formatted(number));
        }
        return (int) number;
    }

    private static Optional<Long> times(ControlJson body, String field) {
        Optional<Long> times = body.integer(field);
        if (times.filter(number -> number < 0).isPresent()) {
            throw Refusal.invalid("%s: %d (expected: 0 or more)".formatted(field, times.get()));
        }
        return times;
    }

    boolean takes(long found) {
        return found >= atLeast && found <= atMost;
    }

    /** What is other in the entry than expected; nothing when it matches. */
    List<Difference> differences(JournalEntry entry) {
        List<Difference> differences = new ArrayList<>();
        path.ifPresent(expected -> Difference.between("api", expected, entry.path(), differences));
        method.ifPresent(expected -> Difference.between("method", expected, entry.method(), differences));
        app.ifPresent(
                expected -> Difference.between("app", expected, entry.app().orElse(null), differences));
        errcode.ifPresent(expected -> Difference.between("errcode", expected, entry.errcode(), differences));
        query.ifPresent(expected -> Difference.between("query", expected, entry.queryJson(), differences));
        body.ifPresent(
                expected -> Difference.between("body", expected, entry.body().orElse(null), differences));
        return differences;
    }

    /** Such as {@code exactly 2}. */
    String times() {
        if (atLeast == atMost) {
            return "exactly " + atLeast;
        }
        if (atMost == Long.MAX_VALUE) {
            return "at least " + atLeast;
        }
        return atLeast == 0 ? "at most " + atMost : "%d to %d".formatted(atLeast, atMost);
    }
}
