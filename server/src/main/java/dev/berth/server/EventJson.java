package dev.berth.server;

import dev.berth.core.Event;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** An event as the management API answers it and as it lies in the file. */
final class EventJson {
    private EventJson() {}

    static JsonObject write(long id, Event event) {
        JsonObject json = new JsonObject()
                .put("id", id)
                .put("at", event.at().toString())
                .put("kind", name(event.kind()))
                .put("actor", event.actor());
        event.environment().ifPresent(environment -> json.put("environment", environment));
        event.service().ifPresent(service -> json.put("service", service));
        return json.put("subject", event.subject()).put("reason", event.reason());
    }

    /** Empty if the line is not an event: only half of it was written, or a newer Berth has written it. */
    static Optional<EventLog.Entry> read(String line) {
        try {
            JsonObject json = new JsonObject(line);
            Optional<Event.Kind> kind = kind(json.getString("kind", ""));
            return kind.map(known -> new EventLog.Entry(
                    json.getLong("id"),
                    new Event(
                            Instant.parse(json.getString("at")),
                            known,
                            json.getString("actor"),
                            Optional.ofNullable(json.getString("environment")),
                            Optional.ofNullable(json.getString("service")),
                            json.getString("subject"),
                            json.getString("reason"))));
        } catch (DecodeException | DateTimeException | ClassCastException | NullPointerException e) {
            return Optional.empty();
        }
    }

    static Optional<Event.Kind> kind(String name) {
        return Stream.of(Event.Kind.values())
                .filter(kind -> name(kind).equals(name))
                .findFirst();
    }

    static String name(Event.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
