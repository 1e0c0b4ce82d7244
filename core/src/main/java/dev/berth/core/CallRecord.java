package dev.berth.core;

import java.time.Instant;
import java.util.Optional;

/**
 * One request through the front door, finished.
 *
 * @param environment as named by the caller; unproven when the call was refused early
 * @param service name of the service or function
 * @param version that answered, or was to
 * @param status HTTP status of the answer
 * @param outcome {@code ok}, or the code of the error answered
 * @param refusal for people; present when the call did not get the service's own complete answer, or
 *     the function failed
 * @param queueMillis from acceptance until an instance was leased or a function began, a cold start included
 */
public record CallRecord(
        String callId,
        Instant at,
        String method,
        String path,
        String environment,
        Kind kind,
        String service,
        Optional<VersionId> version,
        Optional<Caller> caller,
        int status,
        String outcome,
        Optional<Refusal> refusal,
        boolean cold,
        long queueMillis,
        long totalMillis) {
    /** What was called. */
    public enum Kind {
        SERVICE,
        FUNCTION
    }
}
