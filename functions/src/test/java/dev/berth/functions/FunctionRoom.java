package dev.berth.functions;

import dev.berth.artifacts.NpmInstall;
import dev.berth.core.FunctionId;
import dev.berth.core.FunctionVersionId;
import dev.berth.core.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A deployer over real files, with an npm of our own that needs no network; what it deploys is mostly {@code sum}. */
final class FunctionRoom {
    static final FunctionId SUM = new FunctionId("prod-01", "sum");
    static final String CODE = "exports.main = async () => 1";
    static final String NEEDS_SDK = "{\"name\":\"sum\",\"dependencies\":{\"wx-server-sdk\":\"~2.6.3\"}}";
    static final ConfigChecks CHECKS = new ConfigChecks(
            cron -> cron.split(" ", -1).length == 7 ? Optional.empty() : Optional.of("not seven fields: " + cron),
            api -> api.startsWith("subscribeMessage.") ? Optional.empty() : Optional.of("no open API is called so"),
            Duration.ofSeconds(60));

    final Path data;
    final Path npm;
    final MemoryFunctionRegistry registry;
    final List<String> progress = Collections.synchronizedList(new ArrayList<>());
    final List<FunctionVersionId> retired = Collections.synchronizedList(new ArrayList<>());
    final FunctionVersions versions;
    final FunctionDeployer deployer;
    private final Path npmRuns;

    /** @param temp for all of it */
    FunctionRoom(Path temp) throws IOException {
        this(temp, new MemoryFunctionRegistry("prod-01", "test-02"), Map.of("HOME", temp.toString()));
    }

    /** As after a restart of the server, if the registry was another one's. */
    FunctionRoom(Path temp, MemoryFunctionRegistry registry, Map<String, String> environment) throws IOException {
        this.data = temp.resolve("data");
        this.npm = temp.resolve("npm");
        this.npmRuns = temp.resolve("npm-runs");
        this.registry = registry;
        if (!Files.exists(npm)) {
            npm("""
                    #!/bin/sh
                    echo "$PWD $*" >> '%s'
                    mkdir -p node_modules/wx-server-sdk
                    echo 'module.exports = "the sdk"' > node_modules/wx-server-sdk/index.js
                    echo added 1 package
                    """.formatted(npmRuns));
        }
        NpmInstall install = new NpmInstall(npm.toString());
        versions = new FunctionVersions(data, registry, registry, retired::add, install);
        deployer = new FunctionDeployer(
                versions,
                registry,
                registry,
                CHECKS,
                Clock.systemUTC(),
                install,
                new NpmSurroundings("node", environment));
    }

    /** Another one from now on. */
    void npm(String script) throws IOException {
        Files.writeString(npm, script);
        Files.setPosixFilePermissions(npm, PosixFilePermissions.fromString("rwx------"));
    }

    List<String> npmRuns() throws IOException {
        return Files.exists(npmRuns) ? Files.readAllLines(npmRuns) : List.of();
    }

    DeployedFunction deploy(String... namesAndContents) {
        return deploy(SUM, Tars.of(namesAndContents));
    }

    DeployedFunction deploy(FunctionId function, InputStream tar) {
        return deployer.deploy(new FunctionDeployment(function, tar), progress::add);
    }

    Problem refusal(String... namesAndContents) {
        return Problems.of(() -> deploy(namesAndContents));
    }

    Path filesOf(DeployedFunction deployed) {
        return versions.filesOf(deployed.version().id());
    }

    /** Files and links of all versions. */
    List<String> left() throws IOException {
        return below(data.resolve("function-versions"));
    }

    /** What is in the folder of shared modules. */
    List<String> sets() throws IOException {
        try (Stream<Path> sets = Files.list(data.resolve("function-modules"))) {
            return sets.map(set -> set.getFileName().toString()).sorted().toList();
        }
    }

    private static List<String> below(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }
}
