package dev.berth.server;

import dev.berth.core.BerthException;
import dev.berth.core.Problem;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A JSON object, as management requests have it. Everything that is not as expected is refused by name. */
final class RequestJson {
    private static final int LONGEST = 1024 * 1024;
    private static final int LONGEST_SHOWN = 200;

    private final JsonObject json;

    private RequestJson(JsonObject json) {
        this.json = json;
    }

    /**
     * @param known the fields that there may be
     * @throws BerthException {@code BODY_TOO_LARGE} or {@code REQUEST_INVALID}
     */
    static RequestJson read(RequestStream stream, List<String> known) throws IOException {
        byte[] body = stream.readNBytes(LONGEST + 1);
        if (body.length > LONGEST) {
            throw tooLarge(LONGEST);
        }
        return of(body.length == 0 ? new JsonObject() : parse(body), known);
    }

    static BerthException tooLarge(int longest) {
        return new BerthException(new Problem(
                "BODY_TOO_LARGE",
                "server",
                "body: more than %d bytes (expected: at most that)".formatted(longest),
                "Send less; see docs/management-api.yaml."));
    }

    private static RequestJson of(JsonObject json, List<String> known) {
        json.fieldNames().stream()
                .filter(name -> !known.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw RequestQuery.invalid(
                            "%s: unknown field (expected one of: %s)".formatted(name, String.join(", ", known)));
                });
        return new RequestJson(json);
    }

    private static JsonObject parse(byte[] body) {
        try {
            return new JsonObject(Buffer.buffer(body));
        } catch (DecodeException | ClassCastException | NullPointerException e) {
            throw RequestQuery.invalid("body: not JSON, or not an object (expected: such as {\"name\": \"alice\"})");
        }
    }

    String required(String name) {
        return optional(name).orElseThrow(() -> RequestQuery.invalid("%s: missing in the body".formatted(name)));
    }

    /** Empty if it is absent, null or the empty text. */
    Optional<String> optional(String name) {
        Object value = json.getValue(name);
        if (value == null || value.equals("")) {
            return Optional.empty();
        }
        if (value instanceof String text) {
            return Optional.of(text);
        }
        throw RequestQuery.invalid("%s: %s (expected: text)".formatted(name, value));
    }

    boolean has(String name) {
        return json.getValue(name) != null;
    }

    int number(String name, int otherwise) {
        Object value = json.getValue(name);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Integer number) {
            return number;
        }
        throw RequestQuery.invalid("%s: %s (expected: a whole number)".formatted(name, value));
    }

    /** Empty if it is absent or null. */
    Optional<Boolean> flag(String name) {
        Object value = json.getValue(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Boolean flag) {
            return Optional.of(flag);
        }
        throw RequestQuery.invalid("%s: %s (expected: true or false)".formatted(name, value));
    }

    /** Empty if it is absent or null. */
    Optional<List<String>> texts(String name) {
        Object value = json.getValue(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof JsonArray array && array.stream().allMatch(String.class::isInstance)) {
            return Optional.of(array.stream().map(String.class::cast).toList());
        }
        throw RequestQuery.invalid("%s: %s (expected: a list of texts)".formatted(name, shown(value)));
    }

    /** @param known the fields that each may have */
    List<RequestJson> objects(String name, List<String> known) {
        if (!(json.getValue(name) instanceof JsonArray array)
                || !array.stream().allMatch(JsonObject.class::isInstance)) {
            throw RequestQuery.invalid("%s: %s (expected: a list of objects)".formatted(name, json.getValue(name)));
        }
        return array.stream().map(element -> of((JsonObject) element, known)).toList();
    }

    private static String shown(Object value) {
        String text = value.toString();
        return text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "…" : text;
    }

    JsonObject asIs() {
        return json;
    }
}
