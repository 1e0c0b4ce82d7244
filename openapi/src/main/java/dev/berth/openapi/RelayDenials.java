package dev.berth.openapi;

import dev.berth.core.Asker;
import dev.berth.core.OpenApiRecord;
import java.time.InstantSource;
import java.util.Optional;

/** Calls that the relay denies before the pipeline sees them: recorded and told all the same (OA-25). Thread-safe. */
final class RelayDenials {
    private final OpenApiRecord.Recorder recorder;
    private final InstantSource clock;
    private final DenialLog log;

    RelayDenials(OpenApiRecord.Recorder recorder, InstanceLog denials, InstantSource clock) {
        this.recorder = recorder;
        this.log = new DenialLog(System::nanoTime, denials);
        this.clock = clock;
    }

    void tell(Asker asker, String method, String path, Denial denial) {
        log.tell(asker, method, path, denial);
        recorder.record(new OpenApiRecord(
                clock.instant(),
                asker,
                "",
                method,
                path,
                denial.status(),
                denial.errcode(),
                0,
                Optional.of(denial.reason()),
                0));
    }
}
