package dev.berth.openapi;

import java.time.Duration;

/**
 * What the connections and requests of an instance may cost.
 *
 * @param body bytes of a request to WeChat
 * @param head from the first byte of a request to the end of its head
 * @param request from the end of the head to the last byte of the body
 * @param idle without a byte in either direction
 * @param connect to another host
 * @param connections of all instances together
 */
public record RelayLimits(
        long body, Duration head, Duration request, Duration idle, Duration connect, int connections) {
    public static final RelayLimits DEFAULT = new RelayLimits(
            25 * 1024 * 1024L,
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofMinutes(10),
            Duration.ofSeconds(10),
            10_000);
}
