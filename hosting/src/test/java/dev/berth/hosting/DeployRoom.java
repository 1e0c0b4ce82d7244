package dev.berth.hosting;

import dev.berth.artifacts.NpmInstall;
import dev.berth.artifacts.TarUnpacker;
import dev.berth.core.AccessKind;
import dev.berth.core.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/** A deployer over real files, without a working npm; what it is to deploy is the service {@code demo}. */
final class DeployRoom {
    static final String PACKAGE = "{\"scripts\":{\"start\":\"node app.js\"}}";

    final MemoryRegistry registry = new MemoryRegistry("prod-01");
    final List<String> progress = new ArrayList<>();
    final ServiceFolders folders;
    final Deployer deployer;
    private final Path versions;

    DeployRoom(Path data) throws IOException {
        versions = data.resolve("versions");
        folders = new ServiceFolders(data);
        deployer = new Deployer(
                folders,
                registry,
                registry,
                new ServiceLocks(),
                new NpmInstall("npm-that-does-not-exist"),
                Clock.systemUTC(),
                TarUnpacker.Bounds.DEFAULT);
    }

    static DeployRequest request(InputStream tar) {
        return request(tar, Map.of(), Set.of());
    }

    static DeployRequest request(InputStream tar, Map<String, String> variables, Set<AccessKind> access) {
        return new DeployRequest(
                "prod-01",
                "demo",
                tar,
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                AskedScale.NONE,
                variables,
                access,
                true);
    }

    static InputStream app(String source) {
        return Tars.of("package.json", PACKAGE, "app.js", source);
    }

    Deployed deploy(DeployRequest request) {
        return deployer.deploy(request, progress::add);
    }

    Problem refusal(DeployRequest request) {
        return Problems.of(() -> deploy(request));
    }

    /** The files of all versions. */
    List<String> left() throws IOException {
        try (Stream<Path> files = Files.walk(versions)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> versions.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }
}
