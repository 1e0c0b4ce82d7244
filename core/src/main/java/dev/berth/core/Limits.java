package dev.berth.core;

import java.time.Duration;

/** The limits of the channel; sizes in bytes. */
public final class Limits {
    /** CH-32: a text request body. */
    public static final long TEXT_REQUEST = 100 * 1024L;

    /** CH-33: a binary request body. */
    public static final long BINARY_REQUEST = 20 * 1024 * 1024L;

    /** CH-34: a response body, on the wire. */
    public static final long RESPONSE = 1000 * 1024L;

    /** CH-35: from acceptance to the last byte of the answer. */
    public static final Duration DEADLINE = Duration.ofSeconds(15);

    private Limits() {}
}
