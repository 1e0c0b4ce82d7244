package dev.berth.cli;

import dev.berth.core.BerthException;
import dev.berth.server.BerthServer;
import dev.berth.server.Configuration;
import dev.berth.server.ServerConfig;
import io.vertx.core.json.JsonObject;
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
     * @param environment to deploy into, added if it is missing; the server's own if empty
     * @param watch whether functions are deployed again when they were saved
     */
    int up(List<Path> paths, Optional<String> environment, boolean watch, boolean json) throws IOException {
        long began = System.nanoTime();
        Configuration config = configuration(true, Optional.empty());
        Optional<String> ofExamples = paths.isEmpty() ? environment : Optional.empty();
        return new ForegroundServer(shell, config, ofExamples).run(server -> {
            long ready = (System.nanoTime() - began) / 1_000_000;
            List<UpPath> wanted = (paths.isEmpty() ? Examples.all() : paths)
                    .stream().map(path -> UpPath.of(shell, path)).toList();
            Shell here = shell.withVariable("BERTH_DATA", server.description().getString("data"));
            Shell quiet = json ? here.withOutput(shell.err()) : here;
            UpEnvironment place = place(here, server, environment);
            List<Redeployment> redeployments = watch ? redeployments(quiet, wanted, place) : List.of();
            List<UpPath> refused = new ArrayList<>(wanted);
            List<UpPath> deployed = deploy(quiet, wanted, place);
            refused.removeAll(deployed);
            new Welcome(shell, server, place, deployed, refused, !redeployments.isEmpty()).print(json, ready);
            redeployments.forEach(redeployment -> {
                redeployment.begin();
                var _ = server.shutdownAsked().thenRun(redeployment::close);
            });
        });
    }

    static UpEnvironment place(Shell here, BerthServer server, Optional<String> wanted) {
        JsonObject description = server.description();
        ManagementApi.Defaults defaults =
                new ManagementApi.Defaults(description.getString("app"), description.getString("environment"));
        return wanted.map(id ->
                        UpEnvironment.of(new ManagementApi(RunningServer.require(here), new Http()), defaults, id))
                .orElseGet(() -> UpEnvironment.ofServer(defaults));
    }

    /** @return those that are deployed now; a refusal is printed, and the platform stays up */
    private static List<UpPath> deploy(Shell here, List<UpPath> paths, UpEnvironment place) {
        return paths.stream()
                .filter(path -> Main.run(here, "deploy", path.given().toString(), "--env", place.id()) == ExitCode.OK)
                .toList();
    }

    /** Before anything is deployed, so that nothing is missed that is saved meanwhile. */
    private static List<Redeployment> redeployments(Shell here, List<UpPath> paths, UpEnvironment place) {
        List<Redeployment> redeployments = new ArrayList<>();
        for (UpPath path : paths) {
            try {
                path.functions()
                        .ifPresent(functions -> redeployments.add(
                                new Redeployment(here, place.option(), upload(here, place), functions)));
            } catch (BerthException unwatched) {
                new ProblemPrinter(here.err()).print(unwatched.problem());
            }
        }
        return redeployments;
    }

    private static FunctionUpload upload(Shell here, UpEnvironment place) {
        return new FunctionUpload(new ManagementApi(RunningServer.require(here), new Http()), place.id());
    }

    int serve(Optional<Path> file) throws IOException {
        return new ForegroundServer(shell, configuration(false, file), Optional.empty())
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
