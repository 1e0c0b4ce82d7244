package dev.berth.server;

import dev.berth.core.DirectorySource;
import dev.berth.core.EventRecorder;
import dev.berth.core.InstanceRuntime;
import dev.berth.core.InwardDoor;
import dev.berth.core.Registry;
import dev.berth.hosting.Hosting;
import java.nio.file.Path;
import java.time.Clock;

/** Hosting, as this server's configuration wants it. */
final class HostingRoom {
    private HostingRoom() {}

    static Hosting open(
            ServerConfig config,
            Path data,
            InstanceRuntime runtime,
            InwardDoor door,
            Registry registry,
            DirectorySource directory,
            Clock clock,
            EventRecorder events) {
        return new Hosting(data, runtime, door, registry, directory, clock, events, rules(config));
    }

    private static Hosting.Rules rules(ServerConfig config) {
        return new Hosting.Rules(
                config.runtime().readyWithin(),
                config.runtime().stopGrace(),
                config.logs().serviceSize().bytes());
    }
}
