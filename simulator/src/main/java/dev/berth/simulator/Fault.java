package dev.berth.simulator;

import java.time.Duration;
import java.util.Optional;

/**
 * What goes wrong on demand.
 *
 * @param path of the open API; empty for every one
 * @param app appid; empty for every one
 * @param user name or openid of the user whom the call is about; empty for every call
 * @param count how often it strikes; empty for without end
 * @param probability that a call that matches is struck; above 0, at most 1
 */
record Fault(
        Optional<String> path,
        Optional<String> app,
        Optional<String> user,
        Optional<Long> count,
        double probability,
        Delay delay,
        Effect effect) {
    /** What becomes of the call beside the delay. */
    sealed interface Effect {}

    /** Nothing. */
    record None() implements Effect {}

    /** It is not done and has this error; the text is WeChat's own unless it is given. */
    record Errcode(int errcode, Optional<String> errmsg) implements Effect {}

    /** It is not done; the token counts as expired. */
    record ExpiredToken() implements Effect {}

    /** It is not done; something before WeChat answers with this HTTP status. */
    record Status(int status) implements Effect {}

    /** It is done, but the connection is reset before the answer. */
    record Reset() implements Effect {}

    /** It is done, but the answer is spoilt. */
    record Garbled(Garbage how) implements Effect {}

    /** The name is its form in JSON. */
    enum Garbage {
        /** The first half of the JSON, as if it were all. */
        BROKEN_JSON,
        /** {@code Content-Length} names fewer bytes than are sent. */
        WRONG_LENGTH,
        /** {@code Content-Length} names all bytes, but the connection is closed after half of them. */
        CUT_OFF
    }

    /** A fault that has struck a call, with the delay that was drawn. */
    record Struck(long id, Duration delay, Effect effect) {}

    Fault {
        if (count.filter(times -> times < 1).isPresent()) {
            throw new IllegalArgumentException("count: %d (expected: at least 1)".formatted(count.get()));
        }
        if (!(probability > 0 && probability <= 1)) {
            throw new IllegalArgumentException(
                    "probability: %s (expected: above 0 and at most 1)".formatted(probability));
        }
        if (effect instanceof Status(int status) && (status < 400 || status > 599)) {
            throw new IllegalArgumentException("status: %d (expected: 400 to 599)".formatted(status));
        }
        if (effect instanceof None && delay.equals(Delay.NONE)) {
            throw new IllegalArgumentException(
                    "The fault does nothing (expected: delay, errcode, expiredToken, status, reset or garbage)");
        }
    }
}
