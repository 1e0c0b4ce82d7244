package dev.berth.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.core.FunctionSettings;
import dev.berth.core.Trigger;
import java.time.Duration;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/**
 * {@code {"handler":"index.main","timeLimit":"PT3S","memory":256,"invocationsPerHost":1,"variables":{},"permissions":[],
 * "triggers":[{"name":"tick","cron":"…"}]}}.
 */
final class FunctionSettingsJson {
    private FunctionSettingsJson() {}

    static String write(FunctionSettings settings) {
        ObjectNode json = Json.object();
        json.put("handler", settings.handler());
        json.put("timeLimit", settings.timeLimit().toString());
        json.put("memory", settings.memory());
        json.put("invocationsPerHost", settings.invocationsPerHost());
        Json.putMap(json, "variables", settings.variables());
        settings.permissions().forEach(json.putArray("permissions")::add);
        ArrayNode triggers = json.putArray("triggers");
        settings.triggers()
                .forEach(trigger ->
                        triggers.addObject().put("name", trigger.name()).put("cron", trigger.cron()));
        return json.toString();
    }

    static FunctionSettings read(String column) {
        JsonNode json = Json.read(column);
        return new FunctionSettings(
                json.path("handler").asText(),
                Duration.parse(json.path("timeLimit").asText()),
                json.path("memory").asInt(),
                json.path("invocationsPerHost").asInt(),
                Json.map(json.path("variables")),
                new TreeSet<>(Json.list(json.path("permissions"))),
                StreamSupport.stream(json.path("triggers").spliterator(), false)
                        .map(trigger -> new Trigger(
                                trigger.path("name").asText(),
                                trigger.path("cron").asText()))
                        .toList());
    }
}
