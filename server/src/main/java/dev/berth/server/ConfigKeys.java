package dev.berth.server;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/**
 * The configuration as a flat list of keys, such as {@code gateway.port}, and back. By reflection over the records of
 * {@link ServerConfig}: whatever stands there is a key.
 */
final class ConfigKeys {
    private ConfigKeys() {}

    /** In the order of the records. */
    static SequencedMap<String, Object> of(ServerConfig config) {
        SequencedMap<String, Object> values = new LinkedHashMap<>();
        addTo(values, "", config);
        return values;
    }

    private static void addTo(Map<String, Object> values, String path, Record section) {
        for (RecordComponent component : section.getClass().getRecordComponents()) {
            String key = path + kebab(component.getName());
            Object value = read(component, section);
            if (value instanceof Record inner && isSection(component.getType())) {
                addTo(values, key + ".", inner);
            } else {
                values.put(key, value);
            }
        }
    }

    /** @throws IllegalArgumentException beginning with the key, for a value that cannot be right */
    static ServerConfig toConfig(Map<String, Object> values) {
        return (ServerConfig) build("", ServerConfig.class, values);
    }

    /** Why one value, among others that are right, is not. */
    static Optional<String> fault(ServerConfig right, String key, Object value) {
        Map<String, Object> values = of(right);
        values.put(key, value);
        try {
            toConfig(values);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static Object build(String path, Class<?> section, Map<String, Object> values) {
        RecordComponent[] components = section.getRecordComponents();
        Object[] arguments = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            String key = path + kebab(components[i].getName());
            Class<?> type = components[i].getType();
            arguments[i] = isSection(type) ? build(key + ".", type, values) : values.get(key);
        }
        try {
            Class<?>[] types =
                    Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            return section.getDeclaredConstructor(types).newInstance(arguments);
        } catch (InvocationTargetException e) {
            String reason =
                    String.valueOf(e.getCause() == null ? e : e.getCause().getMessage());
            throw new IllegalArgumentException(path + reason, e);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("not a record of this package", e);
        }
    }

    private static Object read(RecordComponent component, Record section) {
        try {
            return component.getAccessor().invoke(section);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("not a record of this package", e);
        }
    }

    private static boolean isSection(Class<?> type) {
        return type.getNestHost() == ServerConfig.class;
    }

    /** {@code acceptUnknownCodes} is {@code accept-unknown-codes}. */
    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
