package dev.berth.functions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The fields of a request's body, JSON or form, in the order they were sent (AD-9 to AD-17). Case and surrounding space of a
 * name do not count, for the signature does not cover them (AD-19).
 */
final class AdminFields {
    private static final Field ABSENT = new Field(new byte[0], false);

    private final Map<String, Field> byKey = new LinkedHashMap<>();

    /**
     * @param bytes a text's in UTF-8; of a JSON value that is no text, its JSON as it was sent
     * @param binary sent with a content type: a file
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Field(byte[] bytes, boolean binary) {
        Field {
            requireNonNull(bytes, "bytes is null");
        }

        static Field text(String value) {
            return new Field(value.getBytes(UTF_8), false);
        }

        String text() {
            return new String(bytes, UTF_8);
        }

        /** The value may be a token. */
        @Override
        public String toString() {
            return "Field[" + bytes.length + " bytes]";
        }
    }

    private static String key(String name) {
        return JsText.trim(name.toLowerCase(Locale.ROOT));
    }

    /** False if there is one already. */
    boolean add(String name, Field value) {
        return byKey.putIfAbsent(key(name), value) == null;
    }

    /** By their names in lower case. */
    Map<String, Field> all() {
        return Collections.unmodifiableMap(byKey);
    }

    /** Empty if there is no such field. */
    String text(String name) {
        return byKey.getOrDefault(key(name), ABSENT).text();
    }

    /** Empty if there is no such field. */
    byte[] bytes(String name) {
        return byKey.getOrDefault(key(name), ABSENT).bytes();
    }

    @Override
    public String toString() {
        return "AdminFields" + byKey;
    }
}
