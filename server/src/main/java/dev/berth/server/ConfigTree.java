package dev.berth.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.deser.std.StdDelegatingDeserializer;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.databind.util.StdConverter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The configuration as a tree that has every key. What is written over it must have the keys and the types that are
 * there. Its methods throw {@link IllegalArgumentException}, whose message begins with the key.
 */
final class ConfigTree {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .addModule(new SimpleModule()
                    .addSerializer(Path.class, ToStringSerializer.instance)
                    .addDeserializer(Path.class, new StdDelegatingDeserializer<>(new PathOfText())))
            .build();

    private final ObjectNode root;

    ConfigTree(ServerConfig config) {
        this.root = MAPPER.valueToTree(config);
    }

    /** The paths of all keys that have a value, such as {@code gateway.port}. */
    List<String> keys() {
        List<String> keys = new ArrayList<>();
        root.properties().forEach(entry -> addKeys(entry.getKey(), entry.getValue(), keys));
        return keys;
    }

    private static void addKeys(String path, JsonNode value, List<String> keys) {
        if (value instanceof ObjectNode section) {
            section.properties().forEach(entry -> addKeys(path + "." + entry.getKey(), entry.getValue(), keys));
        } else {
            keys.add(path);
        }
    }

    void merge(ObjectNode written) {
        merge("", root, written);
    }

    private static void merge(String path, ObjectNode into, ObjectNode written) {
        for (Map.Entry<String, JsonNode> entry : written.properties()) {
            String key = entry.getKey();
            JsonNode present = into.get(key);
            if (present == null) {
                throw new IllegalArgumentException(unknown(path + key, key, into));
            }
            if (present instanceof ObjectNode section && entry.getValue() instanceof ObjectNode inner) {
                merge(path + key + ".", section, inner);
            } else if (!(present.isObject() && entry.getValue().isNull())) { // a section may be left empty
                requireSameType(path + key, present, entry.getValue());
                into.set(key, entry.getValue());
            }
        }
    }

    private static String unknown(String path, String key, ObjectNode section) {
        List<String> known =
                section.properties().stream().map(Map.Entry::getKey).sorted().toList();
        return "%s: unknown key%s (expected one of: %s)"
                .formatted(
                        path,
                        NearestName.to(key, known)
                                .map("; did you mean '%s'?"::formatted)
                                .orElse(""),
                        String.join(", ", known));
    }

    private static void requireSameType(String path, JsonNode present, JsonNode written) {
        boolean same = switch (present.getNodeType()) {
            case NUMBER -> written.isInt();
            case ARRAY -> written.isArray() && written.valueStream().allMatch(JsonNode::isTextual);
            case BOOLEAN, STRING, OBJECT, BINARY, MISSING, NULL, POJO -> written.getNodeType() == present.getNodeType();
        };
        if (!same) {
            throw new IllegalArgumentException("%s: %s (expected: %s)".formatted(path, written, form(present)));
        }
    }

    private static String form(JsonNode present) {
        return switch (present.getNodeType()) {
            case NUMBER -> "a whole number such as " + present;
            case BOOLEAN -> "true or false";
            case ARRAY -> "a list of texts such as [a, b]";
            case OBJECT -> "a section with keys";
            case STRING, BINARY, MISSING, NULL, POJO -> "text; put it into quotes";
        };
    }

    ServerConfig toConfig() {
        try {
            return MAPPER.treeToValue(root, ServerConfig.class);
        } catch (InvalidFormatException e) {
            String expected = Arrays.stream(e.getTargetType().getEnumConstants())
                    .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(" or "));
            throw new IllegalArgumentException("%s: %s (expected: %s)".formatted(path(e), e.getValue(), expected), e);
        } catch (JsonMappingException e) {
            String reason =
                    e.getCause() == null ? e.getOriginalMessage() : e.getCause().getMessage();
            throw new IllegalArgumentException(path(e) + "." + reason, e);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        }
    }

    private static String path(JsonMappingException failure) {
        return failure.getPath().stream()
                .map(JsonMappingException.Reference::getFieldName)
                .map(String::valueOf)
                .collect(Collectors.joining("."));
    }

    private static final class PathOfText extends StdConverter<String, Path> {
        @Override
        public Path convert(String text) {
            return Path.of(text);
        }
    }
}
