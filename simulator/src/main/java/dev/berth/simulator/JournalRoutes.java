package dev.berth.simulator;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What was asked of the open API, and whether it was what a test expects. */
final class JournalRoutes implements ControlRoutes {
    private static final Set<String> FILTERS = Set.of("api", "app", "since", "limit");

    private static final int DEFAULT_LIMIT = 100;
    private static final int MOST_AT_ONCE = 1000;

    private final World world;

    JournalRoutes(World world) {
        this.world = world;
    }

    @Override
    public void mount(ControlRouter router) {
        router.get("journal", this::list);
        router.delete("journal", call -> empty());
        router.post("journal/verify", this::verify);
    }

    private Future<JsonObject> list(RoutingContext call) {
        Predicate<JournalEntry> filter = filter(call);
        boolean fromBeginning = parameter(call, "since").isPresent();
        int limit = parameter(call, "limit").map(JournalRoutes::limit).orElse(DEFAULT_LIMIT);
        return call.vertx().executeBlocking(() -> told(filter, fromBeginning, limit), false);
    }

    /** After a named beginning the oldest, for who reads on from there; else the newest. */
    private JsonObject told(Predicate<JournalEntry> filter, boolean fromBeginning, int limit) {
        Journal.Contents contents = world.journal().contents(filter);
        List<JournalEntry> found = contents.entries();
        int left = Math.max(0, found.size() - limit);
        JsonArray entries = new JsonArray();
        (fromBeginning ? found.subList(0, found.size() - left) : found.subList(left, found.size()))
                .forEach(entry -> entries.add(entry.json()));
        return new JsonObject()
                .put("entries", entries)
                .put("more", left)
                .put("last", contents.lastId())
                .put("forgotten", contents.forgotten());
    }

    private static int limit(String value) {
        if (!value.matches("[0-9]{1,4}") || Integer.parseInt(value) > MOST_AT_ONCE || Integer.parseInt(value) == 0) {
            throw Refusal.invalid("limit: \"%s\" (expected: 1 to %d)".formatted(value, MOST_AT_ONCE));
        }
        return Integer.parseInt(value);
    }

    private static Predicate<JournalEntry> filter(RoutingContext call) {
        call.queryParams().names().stream()
                .filter(name -> !FILTERS.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw Refusal.invalid("unknown parameter: %s (expected: api, app, limit, since)".formatted(name));
                });
        Predicate<JournalEntry> api = parameter(call, "api")
                .map(ApiName::path)
                .map(path -> (Predicate<JournalEntry>) entry -> entry.path().equals(path))
                .orElse(entry -> true);
        Predicate<JournalEntry> app = parameter(call, "app")
                .map(appid -> (Predicate<JournalEntry>) entry -> entry.app().equals(Optional.of(appid)))
                .orElse(entry -> true);
        return api.and(app)
                .and(parameter(call, "since").map(JournalRoutes::since).orElse(entry -> true));
    }

    private static Optional<String> parameter(RoutingContext call, String name) {
        return Optional.ofNullable(call.queryParams().get(name)).filter(value -> !value.isEmpty());
    }

    /** After the entry of that id, or not before that time. */
    static Predicate<JournalEntry> since(String value) {
        if (value.matches("[0-9]{1,18}")) {
            long id = Long.parseLong(value);
            return entry -> entry.id() > id;
        }
        try {
            Instant time = Instant.parse(value);
            return entry -> !entry.time().isBefore(time);
        } catch (DateTimeParseException e) {
            throw Refusal.invalid("since: \"%s\" (expected: the id of an entry, or a time such as 2026-01-01T00:00:00Z)"
                    .formatted(value));
        }
    }

    private Future<?> empty() {
        world.journal().empty();
        return Future.succeededFuture();
    }

    private Future<JsonObject> verify(RoutingContext call) {
        Expectation expectation = Expectation.read(call);
        return call.vertx().executeBlocking(() -> Verification.of(expectation, world.journal()), false);
    }
}
