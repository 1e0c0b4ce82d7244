package dev.berth.server;

import dev.berth.functions.FunctionCollaborators;
import dev.berth.functions.FunctionRules;
import dev.berth.functions.Functions;
import java.nio.file.Path;
import java.time.ZoneId;

/** Functions, as this server's configuration wants them. */
final class FunctionsRoom {
    private FunctionsRoom() {}

    static Functions open(ServerConfig config, Path data, FunctionCollaborators collaborators) {
        return new Functions(
                new Functions.Options(
                        data,
                        rules(config.functions()),
                        ZoneId.of(config.functions().timeZone()),
                        config.logs().serviceSize().bytes()),
                collaborators);
    }

    private static FunctionRules rules(ServerConfig.Functions config) {
        return new FunctionRules(
                config.concurrency(),
                config.longest(),
                config.loadWithin(),
                config.warm(),
                config.keepIdle(),
                config.idleMemory().bytes());
    }
}
