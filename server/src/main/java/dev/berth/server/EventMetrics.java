package dev.berth.server;

import dev.berth.core.Directory;
import dev.berth.core.Event;
import dev.berth.core.EventRecorder;
import java.util.List;
import java.util.Optional;

/** Counts events, and what they say about instances. Thread-safe. */
final class EventMetrics implements EventRecorder {
    private final Counters events = new Counters();
    private final Counters starts = new Counters();
    private final Counters ends = new Counters();
    private final CallMetrics calls;

    EventMetrics(CallMetrics calls) {
        this.calls = calls;
    }

    @Override
    public void record(Event event) {
        events.increment(event.kind().name());
        String environment = event.environment().orElse("");
        String service = event.service().orElse("");
        startResult(event.kind()).ifPresent(result -> starts.increment(environment, service, result));
        endReason(event.kind()).ifPresent(reason -> ends.increment(environment, service, reason));
        if (event.kind() == Event.Kind.SERVICE_REMOVED) {
            calls.forget(environment, service);
        }
    }

    private static Optional<String> startResult(Event.Kind kind) {
        return switch (kind) {
            case INSTANCE_STARTED -> Optional.of("started");
            case INSTANCE_START_FAILED -> Optional.of("failed");
            default -> Optional.empty();
        };
    }

    private static Optional<String> endReason(Event.Kind kind) {
        return switch (kind) {
            case INSTANCE_STOPPED -> Optional.of("stopped");
            case INSTANCE_EXITED -> Optional.of("exited");
            case INSTANCE_UNREACHABLE -> Optional.of("unreachable");
            default -> Optional.empty();
        };
    }

    /** Forgets the services that are not there. */
    void keepOnly(Directory directory) {
        starts.removeIf(labels -> isGone(directory, labels));
        ends.removeIf(labels -> isGone(directory, labels));
    }

    private static boolean isGone(Directory directory, List<String> labels) {
        return !Services.isThere(directory, labels.get(0), labels.get(1));
    }

    Counters events() {
        return events;
    }

    Counters starts() {
        return starts;
    }

    Counters ends() {
        return ends;
    }
}
