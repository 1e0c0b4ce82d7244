package dev.berth.server;

import dev.berth.core.Event;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What was done to the platform, and what it did by itself. */
final class EventRoutes implements ManagementDoor.Routes {
    private final EventLog events;

    EventRoutes(EventLog events) {
        this.events = events;
    }

    @Override
    public void addTo(Router router, Blocking blocking) {
        router.get("/events").handler(blocking.route(this::list));
    }

    private void list(RoutingContext context) {
        int limit = RequestQuery.number(context, "limit", 50, 1, 1_000);
        JsonArray latest = new JsonArray();
        events.latest(limit, wanted(context)).forEach(entry -> latest.add(EventJson.write(entry.id(), entry.event())));
        Blocking.answer(context, new JsonObject().put("events", latest));
    }

    private static Predicate<EventLog.Entry> wanted(RoutingContext context) {
        int after = RequestQuery.number(context, "after", 0, 0, 999_999_999);
        Optional<String> service = RequestQuery.text(context, "service");
        Optional<Event.Kind> kind = RequestQuery.text(context, "kind").map(EventRoutes::kind);
        return entry -> entry.id() > after
                && (service.isEmpty() || entry.event().service().equals(service))
                && (kind.isEmpty() || entry.event().kind() == kind.get());
    }

    private static Event.Kind kind(String name) {
        return EventJson.kind(name)
                .orElseThrow(() -> RequestQuery.invalid("kind: %s (expected one of: %s)"
                        .formatted(
                                name,
                                Stream.of(Event.Kind.values())
                                        .map(EventJson::name)
                                        .collect(Collectors.joining(", ")))));
    }
}
