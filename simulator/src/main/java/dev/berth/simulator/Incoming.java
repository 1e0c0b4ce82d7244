package dev.berth.simulator;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A request to the open API as it came in.
 *
 * @param query every parameter's first value
 * @param body as it was sent; empty when it was a form with files
 */
record Incoming(String method, String path, Map<String, String> query, Buffer body, List<Media> media) {
    /** Empty when the parameter is missing. */
    String query(String name) {
        return Objects.requireNonNullElse(query.get(name), "");
    }

    /** Without query and body, which may hold tokens and secrets. */
    @Override
    public String toString() {
        return "Incoming[%s %s]".formatted(method, path);
    }
}
