package dev.berth.server;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The configuration with the values of environment variables: for {@code gateway.port} there is {@code
 * BERTH_GATEWAY_PORT}, and so for every key. By reflection, because loading Jackson for a port takes a quarter of a second
 * of every start.
 */
final class ConfigVariables {
    private final Map<String, String> environment;

    ConfigVariables(Map<String, String> environment) {
        this.environment = environment;
    }

    static String nameOf(String key) {
        return "BERTH_" + key.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
    }

    /** @throws IllegalArgumentException whose message begins with the variable */
    ServerConfig over(ServerConfig config) {
        return (ServerConfig) over("", config);
    }

    private Record over(String path, Record section) {
        try {
            RecordComponent[] components = section.getClass().getRecordComponents();
            Object[] values = new Object[components.length];
            for (int i = 0; i < components.length; i++) {
                values[i] = over(
                        path + kebab(components[i].getName()),
                        components[i].getAccessor().invoke(section));
            }
            return constructor(section, components).newInstance(values);
        } catch (InvocationTargetException e) {
            String reason =
                    String.valueOf(e.getCause() == null ? e : e.getCause().getMessage());
            String key = path + reason.substring(0, Math.max(0, reason.indexOf(':')));
            throw new IllegalArgumentException("%s: %s%s".formatted(nameOf(key), path, reason), e);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("not a record of this package", e);
        }
    }

    private static Constructor<? extends Record> constructor(Record section, RecordComponent[] components)
            throws NoSuchMethodException {
        Class<?>[] types = Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        return section.getClass().getDeclaredConstructor(types);
    }

    private Object over(String key, Object value) {
        if (value instanceof Record section) {
            return over(key + ".", section);
        }
        String text = environment.getOrDefault(nameOf(key), "");
        return text.isEmpty() ? value : parse(key, text, value);
    }

    private static Object parse(String key, String text, Object present) {
        return switch (present) {
            case Integer number when text.matches("[0-9]{1,9}") -> Integer.valueOf(text);
            case Integer number -> throw invalid(key, text, "a whole number such as " + number);
            case Boolean flag when text.matches("true|false") -> Boolean.valueOf(text);
            case Boolean flag -> throw invalid(key, text, "true or false");
            case Enum<?> constant -> constant(key, text, constant);
            case List<?> list -> List.of(text.split("\\s*,\\s*", -1));
            case Path path -> Path.of(text);
            case String any -> text;
            default -> throw new AssertionError(key + " has a type that no variable has yet");
        };
    }

    private static Enum<?> constant(String key, String text, Enum<?> present) {
        List<? extends Enum<?>> constants = List.of(present.getDeclaringClass().getEnumConstants());
        return constants.stream()
                .filter(constant -> constant.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> invalid(
                        key,
                        text,
                        String.join(
                                " or ",
                                constants.stream()
                                        .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                                        .toList())));
    }

    private static IllegalArgumentException invalid(String key, String text, String expected) {
        return new IllegalArgumentException("%s: %s: %s (expected: %s)".formatted(nameOf(key), key, text, expected));
    }

    /** As in the file: {@code acceptUnknownCodes} is {@code accept-unknown-codes}. */
    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
