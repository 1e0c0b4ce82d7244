package dev.berth.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.core.Scale;
import dev.berth.core.Settings;
import java.time.Duration;

/** {@code {"variables":{"A":"1"},"idle":"PT30M","min":0,"max":5}}. */
final class SettingsJson {
    private SettingsJson() {}

    static String write(Settings settings) {
        ObjectNode json = Json.object();
        Json.putMap(json, "variables", settings.variables());
        json.put("idle", settings.idle().toString());
        json.put("min", settings.scale().min());
        json.put("max", settings.scale().max());
        return json.toString();
    }

    static Settings read(String column) {
        JsonNode json = Json.read(column);
        return new Settings(
                Json.map(json.path("variables")),
                Duration.parse(json.path("idle").asText()),
                new Scale(
                        json.path("min").asInt(Scale.DEFAULT.min()),
                        json.path("max").asInt(Scale.DEFAULT.max())));
    }
}
