package dev.berth.server;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/**
 * The configuration as a flat list of keys, such as {@code gateway.port}, and back. By reflection over the records of
 * {@link ServerConfig}: whatever stands there is a key. Reflected once, since that is what costs a start its time.
 */
final class ConfigKeys {
    private static final Section ROOT = Section.of("", ServerConfig.class);

    private record Section(String path, Constructor<?> constructor, List<Member> members) {
        static Section of(String path, Class<?> type) {
            try {
                RecordComponent[] components = type.getRecordComponents();
                List<Member> members = new ArrayList<>();
                for (RecordComponent component : components) {
                    members.add(Member.of(path + kebab(component.getName()), component));
                }
                Class<?>[] types =
                        Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
                return new Section(path, type.getDeclaredConstructor(types), members);
            } catch (NoSuchMethodException e) {
                throw new LinkageError("not a record", e);
            }
        }
    }

    private record Member(String key, RecordComponent component, Optional<Section> section) {
        static Member of(String key, RecordComponent component) {
            Class<?> type = component.getType();
            boolean section = type.getNestHost() == ServerConfig.class;
            return new Member(key, component, section ? Optional.of(Section.of(key + ".", type)) : Optional.empty());
        }
    }

    private ConfigKeys() {}

    /** In the order of the records. */
    static SequencedMap<String, Object> of(ServerConfig config) {
        SequencedMap<String, Object> values = new LinkedHashMap<>();
        addTo(values, ROOT, config);
        return values;
    }

    private static void addTo(Map<String, Object> values, Section section, Object config) {
        for (Member member : section.members()) {
            Object value = read(member.component(), config);
            member.section()
                    .ifPresentOrElse(inner -> addTo(values, inner, value), () -> values.put(member.key(), value));
        }
    }

    private static Object read(RecordComponent component, Object section) {
        try {
            return component.getAccessor().invoke(section);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("not a record of this package", e);
        }
    }

    /** @throws IllegalArgumentException beginning with the key, for a value that cannot be right */
    static ServerConfig toConfig(Map<String, Object> values) {
        return (ServerConfig) build(ROOT, values);
    }

    private static Object build(Section section, Map<String, Object> values) {
        List<Member> members = section.members();
        Object[] arguments = new Object[members.size()];
        for (int i = 0; i < arguments.length; i++) {
            Member member = members.get(i);
            arguments[i] =
                    member.section().isPresent() ? build(member.section().get(), values) : values.get(member.key());
        }
        try {
            return section.constructor().newInstance(arguments);
        } catch (InvocationTargetException e) {
            String reason =
                    String.valueOf(e.getCause() == null ? e : e.getCause().getMessage());
            throw new IllegalArgumentException(section.path() + reason, e);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("not a record of this package", e);
        }
    }

    /** Why these values, or one of them, cannot be right. */
    static Optional<String> fault(Map<String, Object> values) {
        try {
            toConfig(values);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** {@code acceptUnknownCodes} is {@code accept-unknown-codes}. */
    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
