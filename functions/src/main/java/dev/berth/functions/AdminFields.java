package dev.berth.functions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The fields of a request's body, JSON or form, in the order they were sent (AD-9 to AD-17). */
final class AdminFields {
    private static final Field ABSENT = new Field(new byte[0], false);

    private final Map<String, Field> byName;

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

    AdminFields(Map<String, Field> byName) {
        this.byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
    }

    Map<String, Field> all() {
        return byName;
    }

    /** Empty if there is no such field. */
    String text(String name) {
        return byName.getOrDefault(name, ABSENT).text();
    }

    /** Empty if there is no such field. */
    byte[] bytes(String name) {
        return byName.getOrDefault(name, ABSENT).bytes();
    }

    @Override
    public String toString() {
        return "AdminFields" + byName;
    }
}
