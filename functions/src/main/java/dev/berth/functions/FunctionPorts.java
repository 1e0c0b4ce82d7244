package dev.berth.functions;

import dev.berth.core.CloudIdOpener;
import dev.berth.core.DirectorySource;
import dev.berth.core.Event;
import dev.berth.core.EventRecorder;
import dev.berth.core.FunctionId;
import dev.berth.core.FunctionVersionId;
import dev.berth.core.InstanceRuntime;
import dev.berth.core.InwardDoor;
import dev.berth.logs.Log;
import dev.berth.logs.LogBook;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;

/**
 * What invocations need of the other rooms.
 *
 * @param files the folder of a version
 * @param logs of functions only
 */
record FunctionPorts(
        DirectorySource directory,
        CloudIdOpener cloudIds,
        InwardDoor door,
        InstanceRuntime runtime,
        Function<FunctionVersionId, Path> files,
        LogBook logs,
        EventRecorder events,
        InvocationObserver observer,
        Clock clock) {

    Log logOf(FunctionId function) {
        return logs.of(function.environmentId(), function.name());
    }

    void tell(Event.Kind kind, FunctionVersionId version, String hostId, String reason) {
        events.record(new Event(
                clock.instant(),
                kind,
                Event.PLATFORM,
                Optional.of(version.function().environmentId()),
                Optional.of(version.function().name()),
                hostId,
                reason));
    }
}
