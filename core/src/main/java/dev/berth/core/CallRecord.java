package dev.berth.core;

import java.time.Instant;
import java.util.Optional;

/**
 * One request through the front door, finished.
 *
 * @param environment as named by the caller; unproven when the call was refused early
 * @param status HTTP status of the answer
 * @param outcome {@code ok}, or the code of the error answered
 * @param refusal for people; present when the call did not get the service's own complete answer
 * @param queueMillis from acceptance until an instance was leased, a cold start included
 */
public record CallRecord(
        String callId,
        Instant at,
        String method,
        String path,
        String environment,
        String service,
        Optional<VersionId> version,
        Optional<Caller> caller,
        int status,
        String outcome,
        Optional<Refusal> refusal,
        boolean cold,
        long queueMillis,
        long totalMillis) {}
