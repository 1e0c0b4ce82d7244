package dev.berth.core;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * Something that was done to the platform, or that it did by itself: who, what, to what, and why. Calls are not events.
 *
 * @param actor {@link #operator}, or {@link #PLATFORM} for what Berth does by itself
 * @param subject what it happened to: an instance, version, app, user …
 * @param reason for people, one sentence; holds no secret
 */
public record Event(
        Instant at,
        Kind kind,
        String actor,
        Optional<String> environment,
        Optional<String> service,
        String subject,
        String reason) {
    /** Who holds the management token, and does not say more. */
    public static final String OPERATOR = "operator";

    public static final String PLATFORM = "berth";

    public enum Kind {
        SERVER_STARTED,
        SERVER_STOPPING,
        APP_PUT,
        ENVIRONMENT_PUT,
        GRANT_ADDED,
        GRANT_WITHDRAWN,
        CLOUD_CALL_CHANGED,
        USER_ADDED,
        SIMULATOR_CHANGED,
        VERSION_DEPLOYED,
        DEPLOYMENT_FAILED,
        RELEASE_CHANGED,
        ROLLED_BACK,
        VERSION_REMOVED,
        SERVICE_REMOVED,
        FUNCTION_DEPLOYED,
        FUNCTION_DEPLOYMENT_FAILED,
        /** Another version is the live one. */
        FUNCTION_ROLLED_BACK,
        FUNCTION_VERSION_REMOVED,
        FUNCTION_REMOVED,
        /** Was run by hand, as its timer would run it. */
        FUNCTION_TRIGGER_RUN,
        /** Did not answer in time, or took more memory than it may. */
        FUNCTION_HOST_KILLED,
        FUNCTION_HOST_FAILED,
        INSTANCE_STARTED,
        INSTANCE_START_FAILED,
        INSTANCE_STOPPING,
        INSTANCE_STOPPED,
        /** Ended by itself. */
        INSTANCE_EXITED,
        /** Accepts no connections any more. */
        INSTANCE_UNREACHABLE,
        /** Keeps dying: the next start waits. */
        RESTARTS_PAUSED
    }

    /** {@code operator:alice@laptop}. The name is what the operator says; it proves nothing. */
    public static String operator(String name) {
        return name.isEmpty() ? OPERATOR : OPERATOR + ":" + name;
    }

    public Event {
        requireNonNull(at, "at is null");
        requireNonNull(kind, "kind is null");
        requireNonNull(actor, "actor is null");
        requireNonNull(environment, "environment is null");
        requireNonNull(service, "service is null");
        requireNonNull(subject, "subject is null");
        requireNonNull(reason, "reason is null");
    }
}
