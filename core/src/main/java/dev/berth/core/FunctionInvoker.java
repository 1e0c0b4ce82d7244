package dev.berth.core;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Port: runs a function. Thread-safe. */
@FunctionalInterface
public interface FunctionInvoker {
    /**
     * Never blocks, never fails: what goes wrong is in the outcome.
     *
     * <p>The caller going away does not end an invocation, as on the platform.
     */
    CompletionStage<Outcome> invoke(Invocation invocation);

    /**
     * @param event JSON text of an object: what the function is given, before Berth adds to it (AD-75, AD-76)
     * @param cloudIds by the key in the event whose value they are to become; in the order that was sent
     * @param withLog whether the outcome is to hold what the invocation wrote
     */
    record Invocation(FunctionId function, String event, Map<String, String> cloudIds, Origin origin, boolean withLog) {
        public Invocation {
            requireNonNull(function, "function is null");
            requireNonNull(event, "event is null");
            requireNonNull(cloudIds, "cloudIds is null");
            requireNonNull(origin, "origin is null");
        }

        public Invocation(FunctionId function, String event, Origin origin) {
            this(function, event, Map.of(), origin, false);
        }

        /** Not the event: it is a user's. */
        @Override
        public String toString() {
            return "Invocation[" + function + " from " + origin.source() + "]";
        }
    }

    /**
     * @param requestId unique; stands in the log before each line of this invocation
     * @param version that ran; empty if none did
     * @param duration of the function itself, without waiting for its host
     * @param total from the invocation to the outcome
     * @param memory the most that its host used meanwhile, in MiB; 0 if unknown
     * @param cold whether a host had to be started for it
     * @param log lines, if they were asked for; bounded
     */
    record Outcome(
            String requestId,
            Optional<FunctionVersionId> version,
            Result result,
            Duration duration,
            Duration total,
            int memory,
            boolean cold,
            List<String> log) {
        public Outcome {
            log = List.copyOf(log);
        }
    }

    sealed interface Result {}

    /** @param json the text of any JSON value; {@code null} for a function that returned nothing (AD-81) */
    record Returned(String json) implements Result {}

    /** @param message for the caller; with the function's own stack where it threw */
    record Failed(FunctionError error, String message) implements Result {}
}
