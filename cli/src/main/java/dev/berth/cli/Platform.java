package dev.berth.cli;

import dev.berth.server.BerthServer;
import dev.berth.server.Configuration;
import dev.berth.server.ServerConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What {@code up} and {@code serve} do in this JVM; the commands themselves do not load the server's classes. */
final class Platform {
    private final Shell shell;

    Platform(Shell shell) {
        this.shell = shell;
    }

    /** @param paths services to deploy; the examples if empty */
    int up(List<Path> paths, boolean json) throws IOException {
        long began = System.nanoTime();
        Configuration config = configuration(true, Optional.empty());
        return new ForegroundServer(shell, config).run(server -> {
            long ready = (System.nanoTime() - began) / 1_000_000;
            List<Path> wanted = paths.isEmpty() ? Examples.services() : paths;
            List<Path> refused = new ArrayList<>(wanted);
            List<Path> deployed = deploy(server, wanted, json);
            refused.removeAll(deployed);
            new Welcome(shell, server, deployed, refused).print(json, ready);
        });
    }

    /** @return those that are deployed now; a refusal is printed, and the platform stays up */
    private List<Path> deploy(BerthServer server, List<Path> folders, boolean json) {
        Shell here = shell.withVariable("BERTH_DATA", server.description().getString("data"));
        Shell quiet = json ? here.withOutput(shell.err()) : here;
        return folders.stream()
                .filter(folder -> Main.run(quiet, "deploy", folder.toString()) == ExitCode.OK)
                .toList();
    }

    int serve(Optional<Path> file) throws IOException {
        return new ForegroundServer(shell, configuration(false, file))
                .run(server -> shell.out()
                        .println("Berth is ready: "
                                + server.description().getJsonObject("doors").encode()));
    }

    /** What the next {@code up} or {@code serve} would run with, as JSON. */
    String config(boolean up, Optional<Path> file) {
        Configuration config = configuration(up, file);
        config.warnings().forEach(warning -> shell.err().println("warning: " + warning));
        return config.toJson().encode();
    }

    private Configuration configuration(boolean up, Optional<Path> file) {
        ServerConfig defaults = up ? ServerConfig.forUp(shell.folder()) : ServerConfig.forServe(shell.folder());
        return Configuration.load(defaults, file, shell.environment());
    }
}
