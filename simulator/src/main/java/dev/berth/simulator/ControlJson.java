package dev.berth.simulator;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The control API's JSON: read strictly, so that a misspelt field is refused and not lost. */
final class ControlJson {
    private final JsonObject body;

    private ControlJson(JsonObject body) {
        this.body = body;
    }

    /** The body of a call, which must be an object with no other fields than these. */
    static ControlJson read(RoutingContext call, Set<String> fields) {
        return of(parse(call.body().buffer()), fields);
    }

    private static ControlJson of(JsonObject body, Set<String> fields) {
        Set<String> unknown = new TreeSet<>(body.fieldNames());
        unknown.removeAll(fields);
        if (!unknown.isEmpty()) {
            throw Refusal.invalid("unknown field: %s (expected: %s)"
                    .formatted(String.join(", ", unknown), String.join(", ", new TreeSet<>(fields))));
        }
        return new ControlJson(body);
    }

    String required(String field) {
        return optional(field).orElseThrow(() -> Refusal.invalid("%s: missing (expected: a string)".formatted(field)));
    }

    Optional<String> optional(String field) {
        return switch (body.getValue(field)) {
            case null -> Optional.empty();
            case String text -> Optional.of(text);
            case Object other -> throw Refusal.invalid("%s: %s (expected: a string)".formatted(field, other));
        };
    }

    boolean flag(String field, boolean otherwise) {
        return switch (body.getValue(field)) {
            case null -> otherwise;
            case Boolean flag -> flag;
            case Object other -> throw Refusal.invalid("%s: %s (expected: true or false)".formatted(field, other));
        };
    }

    Optional<Long> integer(String field) {
        return switch (body.getValue(field)) {
            case null -> Optional.empty();
            case Integer number -> Optional.of(number.longValue());
            case Long number -> Optional.of(number);
            case Object other -> throw Refusal.invalid("%s: %s (expected: a whole number)".formatted(field, other));
        };
    }

    Optional<Double> number(String field) {
        return switch (body.getValue(field)) {
            case null -> Optional.empty();
            case Number number -> Optional.of(number.doubleValue());
            case Object other -> throw Refusal.invalid("%s: %s (expected: a number)".formatted(field, other));
        };
    }

    Optional<Duration> span(String field) {
        return optional(field).map(text -> named(field, () -> Span.parse(text)));
    }

    Optional<Instant> instant(String field) {
        return optional(field).map(text -> instant(field, text));
    }

    /** The object in a field, which must have no other fields than these. */
    Optional<ControlJson> object(String field, Set<String> fields) {
        return switch (body.getValue(field)) {
            case null -> Optional.empty();
            case JsonObject object -> Optional.of(of(object, fields));
            case Object other -> throw Refusal.invalid("%s: %s (expected: an object)".formatted(field, other));
        };
    }

    /** An object whose fields are free. */
    Optional<JsonObject> object(String field) {
        return switch (body.getValue(field)) {
            case null -> Optional.empty();
            case JsonObject object -> Optional.of(object);
            case Object other -> throw Refusal.invalid("%s: %s (expected: an object)".formatted(field, other));
        };
    }

    List<String> texts(String field) {
        return array(field).stream()
                .map(item -> {
                    if (item instanceof String text) {
                        return text;
                    }
                    throw Refusal.invalid("%s: %s (expected: strings)".formatted(field, item));
                })
                .toList();
    }

    /** Each of which must have no other fields than these. */
    List<ControlJson> objects(String field, Set<String> fields) {
        return array(field).stream()
                .map(item -> {
                    if (item instanceof JsonObject object) {
                        return of(object, fields);
                    }
                    throw Refusal.invalid("%s: %s (expected: objects)".formatted(field, item));
                })
                .toList();
    }

    private JsonArray array(String field) {
        return switch (body.getValue(field)) {
            case null -> throw Refusal.invalid("%s: missing (expected: an array)".formatted(field));
            case JsonArray array -> array;
            case Object other -> throw Refusal.invalid("%s: %s (expected: an array)".formatted(field, other));
        };
    }

    boolean hasText(String field) {
        return body.getValue(field) instanceof String;
    }

    boolean isObject(String field) {
        return body.getValue(field) instanceof JsonObject;
    }

    boolean has(String field) {
        return body.getValue(field) != null;
    }

    private static Instant instant(String field, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw Refusal.invalid("%s: \"%s\" (expected: a time such as 2026-01-01T00:00:00Z)".formatted(field, text));
        }
    }

    /** What a constructor refuses is refused in the form of this API. */
    static <T> T valid(Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid(String.valueOf(e.getMessage()));
        }
    }

    private static <T> T named(String field, Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid(field + ": " + e.getMessage());
        }
    }

    private static JsonObject parse(@Nullable Buffer body) {
        if (body == null || body.length() == 0) {
            throw Refusal.badJson("it is empty");
        }
        try {
            return new JsonObject(body);
        } catch (DecodeException | ClassCastException e) {
            throw Refusal.badJson("it begins with \"%s\"".formatted(beginning(body)));
        }
    }

    private static String beginning(Buffer body) {
        String text = body.toString();
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
