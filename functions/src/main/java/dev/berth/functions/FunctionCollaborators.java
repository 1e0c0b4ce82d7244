package dev.berth.functions;

import dev.berth.core.CloudIdOpener;
import dev.berth.core.DirectorySource;
import dev.berth.core.EventRecorder;
import dev.berth.core.FunctionRegistry;
import dev.berth.core.FunctionVersionId;
import dev.berth.core.InstanceRuntime;
import dev.berth.core.InwardDoor;
import dev.berth.core.WeChat;
import dev.berth.logs.LogBook;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Function;

/**
 * The ports through which this room reaches the others.
 *
 * @param runtime remains the caller's to close, after this room
 * @param door admits each host from its start to its end
 */
public record FunctionCollaborators(
        InstanceRuntime runtime,
        InwardDoor door,
        FunctionRegistry registry,
        DirectorySource directory,
        WeChat weChat,
        CloudIdOpener cloudIds,
        EventRecorder events,
        InvocationObserver observer,
        Clock clock) {
    FunctionPorts ports(Function<FunctionVersionId, Path> files, LogBook logs) {
        return new FunctionPorts(directory, cloudIds, door, runtime, files, logs, events, observer, clock);
    }
}
