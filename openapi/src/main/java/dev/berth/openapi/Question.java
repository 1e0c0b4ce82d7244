package dev.berth.openapi;

import static java.util.Objects.requireNonNull;

import dev.berth.core.Asker;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.streams.ReadStream;

/**
 * What somebody asks of WeChat: a request, and who makes it.
 *
 * @param fromApp {@code from_appid} (OA-12); empty for the app that owns the asker's environment. Of an operator or Berth
 *     itself the app in whose name, which must not be empty
 * @param path as it was sent, with its escapes, without the query
 * @param query as it was sent, without {@code from_appid}, {@code access_token} and {@code cloudbase_access_token}; or empty
 * @param headers end-to-end headers for WeChat. What belongs to a connection, {@code Host}, {@code Content-Length},
 *     {@code Expect} and {@code Accept-Encoding} (so that the errcode can be read) is left out of them on the way
 * @param declaredLength of the body, in bytes; -1 if nothing was declared but there may be one (chunked), 0 for none
 * @param body paused; read no faster than WeChat takes it, and not at all when the call is denied before anything is
 *     sent; what is left of it when the outcome is told stays unread and paused
 */
record Question(
        Asker asker,
        String fromApp,
        HttpMethod method,
        String path,
        String query,
        MultiMap headers,
        long declaredLength,
        ReadStream<Buffer> body) {
    Question {
        requireNonNull(asker, "asker is null");
        requireNonNull(fromApp, "fromApp is null");
        requireNonNull(method, "method is null");
        requireNonNull(path, "path is null");
        requireNonNull(query, "query is null");
        requireNonNull(headers, "headers is null");
        requireNonNull(body, "body is null");
        if (declaredLength < -1) {
            throw new IllegalArgumentException("declaredLength: %d (expected: >= -1)".formatted(declaredLength));
        }
    }

    /** Neither query nor headers: an application may put anything there. */
    @Override
    public String toString() {
        return "Question[%s %s by %s]".formatted(method, path, asker);
    }
}
