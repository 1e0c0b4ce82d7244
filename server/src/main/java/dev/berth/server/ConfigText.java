package dev.berth.server;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How a value of the configuration is written. A key has the type of its default, the {@code present} value here. */
final class ConfigText {
    private ConfigText() {}

    /** Empty if the text is no value of this type. */
    static Optional<Object> parse(String text, Object present) {
        return switch (present) {
            case Integer number -> text.matches("[0-9]{1,9}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
            case Boolean flag -> text.matches("true|false") ? Optional.of(Boolean.valueOf(text)) : Optional.empty();
            case Duration time -> TimeSpan.parse(text).map(Object.class::cast);
            case DataSize size -> DataSize.parse(text).map(Object.class::cast);
            case Enum<?> constant ->
                constants(constant)
                        .filter(other -> other.toString().equalsIgnoreCase(text))
                        .map(Object.class::cast)
                        .findFirst();
            case List<?> list -> Optional.of(List.of(text.split("\\s*,\\s*", -1)));
            case Path path -> path(text);
            case String any -> Optional.of(text);
            default -> throw new AssertionError("a type that no key had yet: " + present.getClass());
        };
    }

    private static Optional<Object> path(String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** What is expected where a value is not of this type. */
    static String expected(Object present) {
        return switch (present) {
            case Integer number -> "a whole number such as " + number;
            case Boolean flag -> "true or false";
            case Duration time -> TimeSpan.EXAMPLES;
            case DataSize size -> DataSize.EXAMPLES;
            case Enum<?> constant -> constants(constant).map(ConfigText::print).collect(Collectors.joining(" or "));
            case List<?> list -> "a list of texts such as [a, b]";
            case Path path -> "text; put it into quotes";
            case String any -> "text; put it into quotes";
            default -> throw new AssertionError("a type that no key had yet: " + present.getClass());
        };
    }

    /** As it would be written, without quotes. */
    static String print(Object value) {
        return switch (value) {
            case Duration time -> TimeSpan.print(time);
            case Enum<?> constant -> constant.toString().toLowerCase(Locale.ROOT);
            case List<?> list -> list.stream().map(String::valueOf).collect(Collectors.joining(", "));
            default -> value.toString();
        };
    }

    private static Stream<? extends Enum<?>> constants(Enum<?> one) {
        return Stream.of(one.getDeclaringClass().getEnumConstants());
    }
}
