package dev.berth.simulator;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Calls without what would let a reader act in the place of an app or a user. */
final class Masked {
    static final String MASK = "***";

    private static final Set<String> SECRET = Set.of(
            "access_token",
            "cloudbase_access_token",
            "component_access_token",
            "refresh_token",
            "secret",
            "appsecret",
            "session_key",
            "js_code",
            "ticket",
            "password");

    private Masked() {}

    static Map<String, String> query(Map<String, String> query) {
        Map<String, String> masked = new TreeMap<>(query);
        masked.replaceAll((name, value) -> isSecret(name) ? MASK : value);
        return masked;
    }

    static JsonObject json(JsonObject json) {
        JsonObject masked = new JsonObject();
        json.forEach(field -> masked.put(field.getKey(), isSecret(field.getKey()) ? MASK : value(field.getValue())));
        return masked;
    }

    private static @Nullable Object value(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case JsonObject object -> json(object);
            case JsonArray array -> {
                JsonArray masked = new JsonArray();
                array.forEach(item -> masked.add(value(item)));
                yield masked;
            }
            default -> value;
        };
    }

    private static boolean isSecret(String name) {
        return SECRET.contains(name.toLowerCase(Locale.ROOT));
    }
}
