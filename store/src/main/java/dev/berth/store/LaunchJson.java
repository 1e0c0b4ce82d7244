package dev.berth.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.core.Launch;
import java.util.OptionalInt;

/** {@code {"command":["node","a.js"],"variables":{},"port":80,"origin":"Dockerfile CMD"}}; no port if it is free. */
final class LaunchJson {
    private LaunchJson() {}

    static String write(Launch launch) {
        ObjectNode json = Json.object();
        launch.command().forEach(json.putArray("command")::add);
        Json.putMap(json, "variables", launch.variables());
        launch.port().ifPresent(port -> json.put("port", port));
        json.put("origin", launch.origin());
        return json.toString();
    }

    static Launch read(String column) {
        JsonNode json = Json.read(column);
        return new Launch(
                Json.list(json.path("command")),
                Json.map(json.path("variables")),
                json.has("port") ? OptionalInt.of(json.path("port").intValue()) : OptionalInt.empty(),
                json.path("origin").asText());
    }
}
