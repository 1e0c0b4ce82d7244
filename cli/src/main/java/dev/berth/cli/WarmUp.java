package dev.berth.cli;

import dev.berth.server.BerthServer;
import dev.berth.server.Configuration;
import dev.berth.server.ServerConfig;
import dev.berth.server.ServerLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A short life of the platform in a temporary folder: every class that {@code up} and a first call need is used. */
final class WarmUp {
    private final Shell shell;

    WarmUp(Shell shell) {
        this.shell = shell;
    }

    int run() throws IOException {
        Path folder = Files.createTempDirectory("berth-warm-up");
        try {
            live(folder, configuration(folder));
            live(folder, configuration(folder)); // with state
            return ExitCode.OK;
        } finally {
            delete(folder);
        }
    }

    private void live(Path folder, Configuration config) throws IOException {
        ServerLog.open(config.values());
        try (BerthServer server =
                BerthServer.start(config, description -> Examples.pages(description, Optional.empty()))) {
            Shell here =
                    shell.withVariable("BERTH_DATA", folder.resolve(".berth").toString());
            for (Path service : Examples.services()) {
                Main.run(here, "deploy", service.toString());
                Main.run(here, "call", service.getFileName().toString(), "/");
            }
            Examples.functions().ifPresent(functions -> {
                Main.run(here, "deploy", functions.toString());
                Main.run(here, "invoke", "greet", "--as", "alice");
            });
            for (String command : List.of("services", "functions", "status", "calls")) {
                Main.run(here, command);
            }
            UpEnvironment place = Platform.place(here, server, Optional.empty());
            new Welcome(here, server, place, List.of(UpPath.of(here, Path.of("whoami"))), List.of(), false)
                    .print(false, 0);
        } finally {
            ServerLog.close();
        }
    }

    private static Configuration configuration(Path folder) {
        return Configuration.load(ServerConfig.forUp(folder), Optional.empty(), freePorts(folder));
    }

    private static Map<String, String> freePorts(Path folder) {
        return Map.of(
                "BERTH_DATA", folder.resolve(".berth").toString(),
                "BERTH_GATEWAY_PORT", "0",
                "BERTH_MANAGEMENT_PORT", "0",
                "BERTH_INWARD_PORT", "0",
                "BERTH_SIMULATOR_PORT", "0");
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
