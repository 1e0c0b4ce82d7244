package dev.berth.cli;

import dev.berth.server.BerthServer;
import dev.berth.server.ConfigFile;
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
        ServerConfig config = ConfigFile.withEnvironment(ServerConfig.forUp(shell.folder()), shell.environment());
        return new ForegroundServer(shell, config).run(server -> {
            long ready = (System.nanoTime() - began) / 1_000_000;
            List<String> deployed = deploy(server, paths.isEmpty() ? Examples.services() : paths, json);
            new Welcome(shell, server, deployed).print(json, ready);
        });
    }

    /** @return the services that are deployed now; a refusal is printed, and the platform stays up */
    private List<String> deploy(BerthServer server, List<Path> folders, boolean json) {
        Shell here = shell.withVariable("BERTH_DATA", server.description().getString("data"));
        Shell quiet = json ? here.withOutput(shell.err()) : here;
        List<String> deployed = new ArrayList<>();
        for (Path folder : folders) {
            if (Main.run(quiet, "deploy", folder.toString()) == ExitCode.OK) {
                Path name = shell.folder().resolve(folder).normalize().getFileName();
                deployed.add(String.valueOf(name));
            }
        }
        return deployed;
    }

    int serve(Optional<Path> file) throws IOException {
        ServerConfig defaults = ServerConfig.forServe(shell.folder());
        ServerConfig written = file.map(path -> ConfigFile.read(defaults, path)).orElse(defaults);
        return new ForegroundServer(shell, ConfigFile.withEnvironment(written, shell.environment()))
                .run(server -> shell.out()
                        .println("Berth is ready: "
                                + server.description().getJsonObject("doors").encode()));
    }
}
