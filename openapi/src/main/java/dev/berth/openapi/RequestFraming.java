package dev.berth.openapi;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import java.util.Optional;

/**
 * Where the body of a request ends, and why that cannot be believed, if so (RFC 9112, sections 3.2, 6.1 and 6.3).
 *
 * @param length of the body; -1 for chunks
 */
record RequestFraming(long length, Optional<String> fault) {
    private static final int MOST_HEADERS = 200;

    static RequestFraming of(HttpServerRequest request) {
        MultiMap headers = request.headers();
        List<String> hosts = headers.getAll(HttpHeaders.HOST);
        List<String> lengths = headers.getAll(HttpHeaders.CONTENT_LENGTH);
        List<String> encodings = headers.getAll(HttpHeaders.TRANSFER_ENCODING);
        if (headers.entries().size() > MOST_HEADERS) {
            return faulty("more than %d headers".formatted(MOST_HEADERS));
        }
        if (hosts.size() > 1 || (hosts.isEmpty() && request.version() != HttpVersion.HTTP_1_0)) {
            return faulty("%d Host headers (expected: one)".formatted(hosts.size()));
        }
        if (!encodings.isEmpty()) {
            return chunked(request.version(), encodings, !lengths.isEmpty());
        }
        if (lengths.isEmpty()) {
            return new RequestFraming(0, Optional.empty());
        }
        return lengths.size() == 1 && lengths.getFirst().matches("[0-9]{1,18}")
                ? new RequestFraming(Long.parseLong(lengths.getFirst()), Optional.empty())
                : faulty("Content-Length (expected: one number of bytes)");
    }

    /** Why the request cannot be read; empty if it can. */
    Optional<RelayRefusal> refusal(HttpServerRequest request) {
        if (fault.isPresent()) {
            return fault.map(RelayRefusal::malformed);
        }
        String expectation = request.getHeader(HttpHeaders.EXPECT);
        return expectation == null || expectation.equalsIgnoreCase("100-continue")
                ? Optional.empty()
                : Optional.of(RelayRefusal.unknownExpectation());
    }

    private static RequestFraming chunked(HttpVersion version, List<String> encodings, boolean withLength) {
        if (withLength) {
            return faulty("both Transfer-Encoding and Content-Length (expected: one of them)");
        }
        if (version == HttpVersion.HTTP_1_0) {
            return faulty("Transfer-Encoding in HTTP/1.0");
        }
        return encodings.size() == 1 && encodings.getFirst().equalsIgnoreCase("chunked")
                ? new RequestFraming(-1, Optional.empty())
                : faulty("Transfer-Encoding (expected: chunked)");
    }

    private static RequestFraming faulty(String why) {
        return new RequestFraming(0, Optional.of(why));
    }
}
