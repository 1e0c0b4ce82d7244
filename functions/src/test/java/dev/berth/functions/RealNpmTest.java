package dev.berth.functions;

import static dev.berth.functions.FunctionRoom.CHECKS;
import static dev.berth.functions.FunctionRoom.SUM;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.artifacts.NpmInstall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With the npm of this machine, and a registry of our own. */
@Timeout(120)
class RealNpmTest {
    private static final String PACKAGE = "{\"name\":\"sum\",\"dependencies\":{\"greeting\":\"^1\"}}";
    private static final String CODE = "console.log(require('greeting'))";

    @TempDir
    Path temp;

    private final List<String> progress = new ArrayList<>();
    private PackageRegistry packages;
    private FunctionVersions versions;
    private FunctionDeployer deployer;
    private String npmrc;

    @BeforeEach
    void open() throws IOException {
        packages = new PackageRegistry();
        npmrc = "registry=%s%ncache=%s%nfetch-retries=0%n".formatted(packages.url(), temp.resolve("npm-cache"));
        MemoryFunctionRegistry registry = new MemoryFunctionRegistry("prod-01");
        NpmInstall npm = new NpmInstall("npm");
        versions = new FunctionVersions(temp.resolve("data"), registry, registry, _ -> {}, npm);
        deployer = new FunctionDeployer(
                versions, registry, registry, CHECKS, Clock.systemUTC(), npm, new NpmSurroundings("node", Map.of()));
    }

    @AfterEach
    void close() {
        packages.close();
    }

    private Path deploy(String... namesAndContents) {
        DeployedFunction deployed =
                deployer.deploy(new FunctionDeployment(SUM, Tars.of(namesAndContents)), progress::add);
        return versions.filesOf(deployed.version().id());
    }

    private static String output(Path folder) throws Exception {
        Process node = new ProcessBuilder("node", folder.resolve("index.js").toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(node.getInputStream().readAllBytes(), UTF_8).strip();
        assertThat(node.waitFor()).as(output).isZero();
        return output;
    }

    @Test
    void whatIsInstalledOnceServesTheNextVersion() throws Exception {
        Path first = deploy("index.js", CODE, "package.json", PACKAGE, ".npmrc", npmrc);
        assertThat(output(first)).isEqualTo("hello");
        assertThat(progress).anyMatch(line -> line.startsWith("added 1 package"));
        assertThat(packages.asked).contains("/greeting", "/greeting.tgz");

        packages.asked.clear();
        Path second = deploy("index.js", CODE + ";", "package.json", PACKAGE, ".npmrc", npmrc);
        assertThat(second).isNotEqualTo(first);
        assertThat(output(second)).isEqualTo("hello");
        assertThat(packages.asked).isEmpty();
    }

    @Test
    void aLockIsInstalledFromAsItIs() throws Exception {
        String lock = """
                {"name": "sum", "version": "1.0.0", "lockfileVersion": 3, "requires": true, "packages": {
                 "": {"name": "sum", "version": "1.0.0", "dependencies": {"greeting": "^1"}},
                 "node_modules/greeting": {"version": "1.0.0", "resolved": "%sgreeting.tgz", "integrity": "%s"}}}
                """.formatted(packages.url(), packages.integrity());
        Path folder = deploy("index.js", CODE, "package.json", PACKAGE, "package-lock.json", lock, ".npmrc", npmrc);
        assertThat(output(folder)).isEqualTo("hello");
        assertThat(progress.getFirst()).contains("npm ci");
        assertThat(packages.asked).containsExactly("/greeting.tgz");
    }

    @Test
    void aPackageInTheFunctionsFolderIsInstalledThere() throws Exception {
        Path folder = deploy(
                "index.js",
                CODE,
                "package.json",
                "{\"dependencies\":{\"greeting\":\"file:./lib\"}}",
                "lib/package.json",
                "{\"name\":\"greeting\",\"version\":\"1.0.0\"}",
                "lib/index.js",
                "module.exports = 'from here'",
                ".npmrc",
                npmrc);
        assertThat(output(folder)).isEqualTo("from here");
        assertThat(Files.isSymbolicLink(folder.resolve("node_modules"))).isFalse();
    }

    @Test
    void aMissingPackageIsToldAsNpmTellsIt() {
        assertThat(Problems.of(() -> deploy(
                        "index.js", CODE, "package.json", PACKAGE.replace("greeting", "no-such"), ".npmrc", npmrc)))
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo("NPM_FAILED");
                    assertThat(problem.message()).contains("404").contains("no-such");
                });
    }
}
