package dev.berth.gateway;

import dev.berth.core.Limits;
import java.time.Duration;

/**
 * What one connection may cost, whoever is at its other end.
 *
 * @param connections open at once; one more is closed at once
 * @param head from the first byte of a request to the end of its head (HTTP/1.1), else 408
 * @param request from the first byte of a request to its last; a call's own deadline is shorter
 * @param call longer than any call of a service takes; so long after a head, the caller may still be waiting for the answer
 * @param idle without a byte in either direction; over HTTP/2, also without a call, whatever else is sent
 * @param drain how long calls in progress may go on when the door closes
 */
public record DoorLimits(
        int connections, Duration head, Duration request, Duration call, Duration idle, Duration drain) {
    public static final DoorLimits DEFAULT = new DoorLimits(
            10_000,
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Limits.DEADLINE.plusSeconds(5),
            Duration.ofSeconds(75),
            Limits.DEADLINE.plusSeconds(1));

    private static final Duration ANSWERED_BEFORE_IDLE = Duration.ofSeconds(10);

    /**
     * The {@link #DEFAULT usual} ones but for two, and for what functions need.
     *
     * @param function the longest that the outcome of one is waited for; so long no byte passes
     */
    public static DoorLimits of(int connections, Duration head, Duration function) {
        Duration needed = function.plus(ANSWERED_BEFORE_IDLE);
        Duration idle = needed.compareTo(DEFAULT.idle) > 0 ? needed : DEFAULT.idle;
        return new DoorLimits(connections, head, DEFAULT.request, DEFAULT.call, idle, DEFAULT.drain);
    }
}
