package dev.berth.functions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.berth.core.BerthException;
import dev.berth.core.NearestName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;

/**
 * An object in a function's {@code config.json}, read field by field. A field that is {@code null} counts as absent.
 *
 * @param path of the object in the file: empty, or with a dot at the end
 */
record ConfigFields(JsonNode json, String path) {
    private static final String HINT = "Correct config.json, and deploy again.";

    /** Fields that nothing is done with are no fault: other tools may know them. */
    void tellUnknown(Set<String> known, Consumer<String> progress) {
        json.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                progress.accept("%s: %s%s is not a setting that Berth knows%s"
                        .formatted(
                                FunctionConfig.FILE,
                                path,
                                name,
                                NearestName.to(name, known)
                                        .map("; nearest: %s"::formatted)
                                        .orElse("")));
            }
        });
    }

    Optional<String> text(String field) {
        return present(field).map(value -> {
            if (!value.isTextual()) {
                throw invalid(field, value.toString(), "a text");
            }
            return value.asText();
        });
    }

    Optional<Boolean> truth(String field) {
        return present(field).map(value -> {
            if (!value.isBoolean()) {
                throw invalid(field, value.toString(), "true or false");
            }
            return value.asBoolean();
        });
    }

    /** @param unit for people */
    OptionalInt number(String field, long least, long most, String unit) {
        Optional<JsonNode> value = present(field);
        if (value.isEmpty()) {
            return OptionalInt.empty();
        }
        JsonNode number = value.get();
        if (!number.isInt() || number.asInt() < least || number.asInt() > most) {
            throw invalid(field, number.toString(), "a whole number, %d to %d%s".formatted(least, most, unit));
        }
        return OptionalInt.of(number.asInt());
    }

    /** Without fields if there is none. */
    ConfigFields object(String field) {
        JsonNode value = present(field).orElse(MissingNode.getInstance());
        if (!value.isMissingNode() && !value.isObject()) {
            throw invalid(field, value.toString(), "an object");
        }
        return new ConfigFields(value, path + field + ".");
    }

    List<String> texts(String field) {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : array(field)) {
            if (!element.isTextual()) {
                throw invalid("%s[%d]".formatted(field, texts.size()), element.toString(), "a text");
            }
            texts.add(element.asText());
        }
        return List.copyOf(texts);
    }

    List<ConfigFields> objects(String field) {
        List<ConfigFields> objects = new ArrayList<>();
        for (JsonNode element : array(field)) {
            String name = "%s[%d]".formatted(field, objects.size());
            if (!element.isObject()) {
                throw invalid(name, element.toString(), "an object");
            }
            objects.add(new ConfigFields(element, path + name + "."));
        }
        return List.copyOf(objects);
    }

    /** All fields; numbers and truths as they are written. No refusal shows a value, for it may be secret. */
    Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>();
        json.properties().forEach(entry -> {
            JsonNode value = entry.getValue();
            if (!value.isValueNode()) {
                throw invalid(
                        entry.getKey(),
                        "an " + value.getNodeType().name().toLowerCase(Locale.ROOT),
                        "a text or a number");
            }
            variables.put(entry.getKey(), value.isNull() ? "" : value.asText());
        });
        return variables;
    }

    BerthException invalid(String field, String found, String expected) {
        return Refused.because(
                "FUNCTION_CONFIG_INVALID",
                "%s: %s%s: %s (expected: %s)".formatted(FunctionConfig.FILE, path, field, found, expected),
                HINT);
    }

    private Iterable<JsonNode> array(String field) {
        JsonNode value = present(field).orElse(MissingNode.getInstance());
        if (!value.isMissingNode() && !value.isArray()) {
            throw invalid(field, value.toString(), "an array");
        }
        return value;
    }

    private Optional<JsonNode> present(String field) {
        JsonNode value = json.path(field);
        return value.isMissingNode() || value.isNull() ? Optional.empty() : Optional.of(value);
    }
}
