package dev.berth.core;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * One call toward WeChat, finished or refused. Holds no token, no secret, no query and no body.
 *
 * @param appId in whose name; empty when that was refused before it was known
 * @param status HTTP status of the answer; 0 if there was nobody to answer
 * @param errcode WeChat's or Berth's; 0 for an answer without one
 * @param tries requests sent to WeChat with this call's own content; 2 after a stale token
 * @param reason for people: what to add where; present when Berth refused, or WeChat could not be asked
 */
public record OpenApiRecord(
        Instant at,
        Asker asker,
        String appId,
        String method,
        String path,
        int status,
        int errcode,
        int tries,
        Optional<String> reason,
        long totalMillis) {
    public OpenApiRecord {
        requireNonNull(at, "at is null");
        requireNonNull(asker, "asker is null");
        requireNonNull(appId, "appId is null");
        requireNonNull(method, "method is null");
        requireNonNull(path, "path is null");
        requireNonNull(reason, "reason is null");
    }

    /** Port: told of every one, on any thread; must be quick and must not block. */
    @FunctionalInterface
    public interface Recorder {
        void record(OpenApiRecord call);
    }
}
