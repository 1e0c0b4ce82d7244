package dev.berth.hosting;

import dev.berth.artifacts.PackageJson;
import dev.berth.core.BerthException;
import dev.berth.core.Launch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** How a service is started without containers, found as a person would (docs/design.md, section 4). */
final class LaunchFinder {
    private final Path folder;
    private final ContainerConfig config;
    private final OptionalInt port;
    private final List<String> looked = new ArrayList<>();
    private final Map<String, String> variables = new HashMap<>();

    private LaunchFinder(Path folder, ContainerConfig config, OptionalInt port) {
        this.folder = folder;
        this.config = config;
        this.port = port;
    }

    /**
     * @param folder of the service, {@code buildDir} already followed
     * @param command as given with the deployment; wins over all that is found
     * @throws BerthException {@code LAUNCH_UNKNOWN}, saying what was looked for
     */
    static Launch find(Path folder, ContainerConfig config, Optional<String> command, OptionalInt port)
            throws IOException {
        return new LaunchFinder(folder, config, port).find(command);
    }

    private Launch find(Optional<String> command) throws IOException {
        Optional<DockerfileLaunch> dockerfile =
                DockerfileLaunch.read(folder, config.dockerfilePath().orElse("Dockerfile"));
        dockerfile.ifPresent(it -> variables.putAll(it.variables()));
        variables.putAll(config.variables());
        if (command.isPresent()) {
            return launch(List.of("sh", "-c", command.get()), "--command");
        }
        Optional<Launch> found = fromDockerfile(dockerfile);
        if (found.isEmpty()) {
            found = fromPackageJson();
        }
        if (found.isEmpty()) {
            found = fromJar();
        }
        return found.orElseThrow(this::unknown);
    }

    private Optional<Launch> fromDockerfile(Optional<DockerfileLaunch> dockerfile) {
        String name = config.dockerfilePath().orElse("Dockerfile");
        if (dockerfile.isEmpty()) {
            looked.add("a file " + name + " (there is none)");
            return Optional.empty();
        }
        if (dockerfile.get().command().isEmpty()) {
            looked.add(name + " (it has neither CMD nor ENTRYPOINT)");
            return Optional.empty();
        }
        Optional<String> missing = dockerfile.get().missingFile();
        if (missing.isPresent()) {
            looked.add("%s (its command needs %s, which is not among the files; build first)"
                    .formatted(name, missing.get()));
            return Optional.empty();
        }
        return Optional.of(launch(dockerfile.get().command(), "Dockerfile CMD"));
    }

    private Optional<Launch> fromPackageJson() throws IOException {
        Optional<PackageJson> packageJson = PackageJson.read(folder);
        if (packageJson.isEmpty()) {
            looked.add("a file package.json (there is none)");
            return Optional.empty();
        }
        Optional<List<String>> start = packageJson.get().startCommand();
        if (start.isPresent()) {
            packageJson.get().scriptVariables().forEach(variables::putIfAbsent);
            return Optional.of(launch(start.get(), "package.json scripts.start"));
        }
        if (Files.isRegularFile(folder.resolve("server.js"))) {
            return Optional.of(launch(List.of("node", "server.js"), "package.json and server.js"));
        }
        looked.add("package.json (it has no scripts.start, and there is no server.js)");
        return Optional.empty();
    }

    private Optional<Launch> fromJar() throws IOException {
        List<String> jars = RunnableJars.in(folder);
        if (jars.size() == 1) {
            return Optional.of(launch(List.of("java", "-jar", jars.get(0)), "jar"));
        }
        looked.add(
                jars.isEmpty()
                        ? "one runnable jar in the folder, target or build/libs (there is none)"
                        : "one runnable jar (there are %d: %s)".formatted(jars.size(), String.join(", ", jars)));
        return Optional.empty();
    }

    private Launch launch(List<String> command, String origin) {
        return new Launch(command, variables, port, origin);
    }

    private BerthException unknown() {
        return Refused.because(
                "LAUNCH_UNKNOWN",
                "How to start this service is not known. Looked for: %s.".formatted(String.join("; ", looked)),
                "Say how it is started, such as --command 'node app.js'.");
    }
}
