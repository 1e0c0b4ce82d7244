package dev.berth.gateway;

import java.util.List;

/**
 * One request as a service received it, whatever protocol carried it; texts are Latin-1, one character for each byte.
 *
 * @param complete whether its body came to its announced end
 */
record SeenRequest(String method, String target, List<Field> fields, String body, boolean complete) {
    record Field(String name, String value) {
        @Override
        public String toString() {
            return name + ": " + value;
        }
    }

    List<String> all(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Field::value)
                .toList();
    }
}
