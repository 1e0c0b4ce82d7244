package dev.berth.openapi;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.List;

/** The asker's headers, without those that Berth says itself. */
final class OutwardHeaders {
    /** Framing and host are Berth's; a compressed answer could not be read for its errcode. */
    private static final List<String> OWN = List.of("host", "expect", "accept-encoding");

    private OutwardHeaders() {}

    static void copy(MultiMap asked, MultiMap outbound) {
        MultiMap copy = HttpHeaders.headers().addAll(asked);
        Answer.dropConnectionHeaders(copy);
        OWN.forEach(copy::remove);
        outbound.addAll(copy);
    }
}
