package dev.berth.core;

/**
 * A request that the gateway refused before it was a call: one that cannot be read, or that is for no service.
 *
 * @param status HTTP status of the answer; 0 if there was nobody to answer
 * @param outcome a {@link GatewayError} or {@link SystemError} by name, or what a route of Berth's own answers; never
 *     what a caller said
 * @param component who is behind it: {@code client} sent what nobody can read, or {@code gateway} does not serve it
 * @param reason for people; may repeat what the caller said
 */
public record RefusedRequest(String method, String path, int status, String outcome, String component, String reason) {
    /** Port: told of every one, on an event loop; must be quick and must not block. */
    @FunctionalInterface
    public interface Recorder {
        void record(RefusedRequest request);
    }
}
