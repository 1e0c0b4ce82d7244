package dev.berth.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.core.BerthException;
import dev.berth.core.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** JSON columns as trees, so that no start-up time goes into looking at classes. */
final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static void putMap(ObjectNode json, String field, Map<String, String> map) {
        ObjectNode inner = json.putObject(field);
        map.forEach(inner::put);
    }

    static JsonNode read(String column) {
        try {
            return MAPPER.readTree(column);
        } catch (JsonProcessingException e) {
            throw new BerthException(
                    new Problem(
                            "DATABASE_DAMAGED",
                            "store",
                            "A JSON column of the database cannot be read: " + e.getOriginalMessage(),
                            "Restore the database from a backup."),
                    e);
        }
    }

    static List<String> list(JsonNode array) {
        List<String> list = new ArrayList<>();
        array.forEach(element -> list.add(element.asText()));
        return list;
    }

    static Map<String, String> map(JsonNode object) {
        Map<String, String> map = new HashMap<>();
        object.properties()
                .forEach(field -> map.put(field.getKey(), field.getValue().asText()));
        return map;
    }
}
