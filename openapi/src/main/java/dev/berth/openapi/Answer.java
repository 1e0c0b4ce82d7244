package dev.berth.openapi;

import static java.util.Objects.requireNonNull;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import java.util.List;

/**
 * Head of an answer by WeChat (OA-1).
 *
 * @param headers end-to-end ones, without {@code Content-Length}
 * @param length of the body as declared, in bytes; -1 if it was not. Of an answer to HEAD and of a 304 there is no body
 */
record Answer(int status, String statusMessage, MultiMap headers, long length) {
    /** RFC 9110, section 7.6.1, and what is framed anew. */
    private static final List<String> OF_A_CONNECTION = List.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "transfer-encoding",
            "upgrade",
            "te",
            "trailer",
            "content-length");

    Answer {
        requireNonNull(statusMessage, "statusMessage is null");
        requireNonNull(headers, "headers is null");
    }

    static Answer of(HttpClientResponse response) {
        MultiMap headers = HttpHeaders.headers().addAll(response.headers());
        String length = headers.get(HttpHeaders.CONTENT_LENGTH);
        dropConnectionHeaders(headers);
        return new Answer(
                response.statusCode(),
                response.statusMessage(),
                headers,
                length != null && length.matches("\\d{1,18}") ? Long.parseLong(length) : -1);
    }

    static void dropConnectionHeaders(MultiMap headers) {
        for (String named : headers.getAll(HttpHeaders.CONNECTION)) {
            for (String name : named.split(",", -1)) {
                headers.remove(name.trim());
            }
        }
        OF_A_CONNECTION.forEach(headers::remove);
    }
}
