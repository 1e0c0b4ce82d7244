package dev.berth.gateway;

import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The headers of a caller that may go on to a service, in their order. A list, for they are written once and looked up
 * almost never: a map would hash every name of every call for nothing.
 */
final class ForwardedHeaders {
    private final List<String> namesAndValues = new ArrayList<>(32);

    void add(String name, String value) {
        namesAndValues.add(name);
        namesAndValues.add(value);
    }

    void remove(String name) {
        for (int i = namesAndValues.size() - 2; i >= 0; i -= 2) {
            if (namesAndValues.get(i).equalsIgnoreCase(name)) {
                namesAndValues.subList(i, i + 2).clear();
            }
        }
    }

    Optional<String> first(String name) {
        for (int i = 0; i < namesAndValues.size(); i += 2) {
            if (namesAndValues.get(i).equalsIgnoreCase(name)) {
                return Optional.of(namesAndValues.get(i + 1));
            }
        }
        return Optional.empty();
    }

    void writeTo(MultiMap headers) {
        for (int i = 0; i < namesAndValues.size(); i += 2) {
            headers.add(namesAndValues.get(i), namesAndValues.get(i + 1));
        }
    }
}
