package dev.berth.hosting;

import dev.berth.core.Event;
import dev.berth.core.EventRecorder;
import dev.berth.core.VersionId;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Tells why instances start and end. */
final class InstanceEvents {
    private final EventRecorder recorder;
    private final Clock clock;

    InstanceEvents(EventRecorder recorder, Clock clock) {
        this.recorder = recorder;
        this.clock = clock;
    }

    void tell(Event.Kind kind, VersionId version, String instanceId, String reason) {
        recorder.record(new Event(
                clock.instant(),
                kind,
                Event.PLATFORM,
                Optional.of(version.environmentId()),
                Optional.of(version.service()),
                instanceId,
                reason));
    }

    Instant now() {
        return clock.instant();
    }
}
