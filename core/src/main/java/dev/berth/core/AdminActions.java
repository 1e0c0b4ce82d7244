package dev.berth.core;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Port: what {@code wx-server-sdk} asks the platform for, over HTTP on the inward door (AD-1). Thread-safe. */
@FunctionalInterface
public interface AdminActions {
    /** Bytes of a request's body at most: an uploaded file of 10 MiB, with room. */
    int LONGEST_BODY = 20 << 20;

    /** For a platform without functions. */
    AdminActions NONE = request -> CompletableFuture.completedFuture(new Answer(
            200,
            "application/json; charset=utf-8",
            "{\"code\":\"SYS_ERR\",\"message\":\"this server runs no functions\"}".getBytes(StandardCharsets.UTF_8)));

    /** Never blocks. A stage that fails is a defect. */
    CompletionStage<Answer> answer(Request request);

    /**
     * @param host as sent in {@code Host}
     * @param path as sent, without the query: {@code /admin}
     * @param query as sent, or empty
     * @param headers by lower-case name; the first of several
     * @param body whole
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Request(String method, String host, String path, String query, Map<String, String> headers, byte[] body) {
        public Request {
            requireNonNull(method, "method is null");
            requireNonNull(host, "host is null");
            requireNonNull(path, "path is null");
            requireNonNull(query, "query is null");
            headers = Map.copyOf(headers);
            requireNonNull(body, "body is null");
        }

        /** Neither headers nor body: they hold tokens. */
        @Override
        public String toString() {
            return "Request[%s %s]".formatted(method, path);
        }
    }

    @SuppressWarnings("ArrayRecordComponent")
    record Answer(int status, String contentType, byte[] body) {
        public Answer {
            requireNonNull(contentType, "contentType is null");
            requireNonNull(body, "body is null");
        }
    }
}
