package dev.berth.simulator;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What was asked of the open API, and whether it was what a test expects. */
final class JournalRoutes implements ControlRoutes {
    private static final Set<String> FILTERS = Set.of("api", "app", "since");

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
        Journal.Contents contents = world.journal().contents(filter(call));
        JsonArray entries = new JsonArray();
        contents.entries().forEach(entry -> entries.add(entry.json()));
        return Future.succeededFuture(new JsonObject()
                .put("entries", entries)
                .put("last", contents.lastId())
                .put("forgotten", contents.forgotten()));
    }

    private static Predicate<JournalEntry> filter(RoutingContext call) {
        call.queryParams().names().stream()
                .filter(name -> !FILTERS.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw Refusal.invalid("unknown parameter: %s (expected: api, app, since)".formatted(name));
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
        return Future.succeededFuture(Verification.of(expectation, world.journal()));
    }
}
