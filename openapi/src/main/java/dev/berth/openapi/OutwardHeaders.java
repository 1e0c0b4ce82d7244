package dev.berth.openapi;

import io.vertx.core.MultiMap;
import java.util.List;

/** The asker's headers, without those that Berth says itself. */
final class OutwardHeaders {
    /** Framing and host are Berth's; a compressed answer could not be read for its errcode. */
    private static final List<String> OWN = List.of("host", "expect", "accept-encoding");

    private OutwardHeaders() {}

    /** @param outbound empty */
    static void copy(MultiMap asked, MultiMap outbound) {
        outbound.addAll(asked);
        Answer.dropConnectionHeaders(outbound);
        OWN.forEach(outbound::remove);
    }
}
