package dev.berth.cli;

import dev.berth.core.BerthException;
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

    /**
     * @param paths services and functions to deploy; the examples if empty
     * @param watch whether functions are deployed again when they were saved
     */
    int up(List<Path> paths, boolean watch, boolean json) throws IOException {
        long began = System.nanoTime();
        Configuration config = configuration(true, Optional.empty());
        return new ForegroundServer(shell, config).run(server -> {
            long ready = (System.nanoTime() - began) / 1_000_000;
            List<UpPath> wanted = (paths.isEmpty() ? Examples.all() : paths)
                    .stream().map(path -> UpPath.of(shell, path)).toList();
            Shell here = shell.withVariable("BERTH_DATA", server.description().getString("data"));
            Shell quiet = json ? here.withOutput(shell.err()) : here;
            List<Redeployment> redeployments = watch ? redeployments(quiet, wanted) : List.of();
            List<UpPath> refused = new ArrayList<>(wanted);
            List<UpPath> deployed = deploy(quiet, wanted);
            refused.removeAll(deployed);
            new Welcome(shell, server, deployed, refused, !redeployments.isEmpty()).print(json, ready);
            redeployments.forEach(redeployment -> {
                redeployment.begin();
                var _ = server.shutdownAsked().thenRun(redeployment::close);
            });
        });
    }

    /** @return those that are deployed now; a refusal is printed, and the platform stays up */
    private static List<UpPath> deploy(Shell here, List<UpPath> paths) {
        return paths.stream()
                .filter(path -> Main.run(here, "deploy", path.given().toString()) == ExitCode.OK)
                .toList();
    }

    /** Before anything is deployed, so that nothing is missed that is saved meanwhile. */
    private static List<Redeployment> redeployments(Shell here, List<UpPath> paths) {
        List<Redeployment> redeployments = new ArrayList<>();
        for (UpPath path : paths) {
            try {
                path.functions()
                        .ifPresent(functions -> redeployments.add(new Redeployment(here, upload(here), functions)));
            } catch (BerthException unwatched) {
                new ProblemPrinter(here.err()).print(unwatched.problem());
            }
        }
        return redeployments;
    }

    private static FunctionUpload upload(Shell here) {
        ManagementApi api = new ManagementApi(RunningServer.require(here), new Http());
        return new FunctionUpload(api, api.defaults().environment());
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
