package dev.berth.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A folder becomes a version. */
class DeployTest {
    @RegisterExtension
    static final Platform platform = new Platform("echo");

    @Test
    @Tag("HO-3")
    @Tag("HO-8")
    void changesMakeVersionsAndNoChangeMakesNone() throws IOException {
        Path folder = platform.folder().copyOf("echo", "counted");
        platform.deploy(folder);
        assertThat(version("counted")).isEqualTo("counted-001");
        assertThat(platform.berth("deploy", folder.toString()).ok().out()).contains("counted-001");
        assertThat(version("counted")).isEqualTo("counted-001");
        change(folder);
        platform.deploy(folder);
        assertThat(version("counted")).isEqualTo("counted-002");
    }

    @Test
    @Tag("HO-14")
    void aReleaseCutsNoCallAndServesTheNext() throws IOException {
        Path folder = platform.folder().copyOf("echo", "released");
        platform.deploy(folder);
        Caller alice = platform.as("alice");
        long old = alice.get("released", "/").pid();
        CompletableFuture<Answer> inFlight = alice.getLater("released", "/wait?ms=5000");
        change(folder);
        platform.deploy(folder);
        assertThat(alice.get("released", "/").pid()).isNotEqualTo(old);
        assertThat(inFlight.join().pid()).isEqualTo(old);
    }

    @Test
    void aServiceRunsWithoutTheFolderItCameFrom() throws IOException {
        Path folder = platform.folder().copyOf("echo", "orphan");
        platform.deploy(folder);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        assertThat(platform.as("alice").get("orphan", "/").status()).isEqualTo(200);
    }

    @Test
    void missingDependenciesAreInstalled() {
        platform.deploy(Folder.service("dependent"));
        assertThat(platform.as("alice").get("dependent", "/").body()).isEqualTo("true");
        assertThat(Folder.service("dependent").resolve("node_modules")).doesNotExist();
    }

    @Test
    @Tag("HO-2")
    void aNameThatWeChatWouldRefuseIsRefused() {
        Ran deploy = platform.berth("deploy", Folder.service("echo").toString(), "--name", "Not_A_Name");
        assertThat(deploy.exitCode()).isNotZero();
        assertThat(deploy.err()).contains("服务名称只能包含数字、小写字母和-，只能以小写字母开头，最多20字符");
    }

    @Test
    void aFolderThatNobodyKnowsHowToStartIsRefusedWithTheOption() throws IOException {
        Path folder = Files.createDirectory(platform.folder().path().resolve("puzzle"));
        Files.writeString(folder.resolve("notes.txt"), "nothing to run");
        Ran deploy = platform.berth("deploy", folder.toString());
        assertThat(deploy.exitCode()).isEqualTo(1);
        assertThat(deploy.err()).contains("--command");
        assertThat(platform.service("puzzle").isMissingNode()).isTrue();
    }

    @Test
    @Tag("HO-44")
    void aProgramWithAPortOfItsOwnTakesTheOption() {
        int port = Ports.free();
        platform.deploy(
                Folder.service("deaf"),
                "--name",
                "stubborn",
                "--port",
                String.valueOf(port),
                "--command",
                "node index.js " + port);
        assertThat(platform.as("alice").get("stubborn", "/").body()).isEqualTo("heard");
    }

    private static void change(Path folder) throws IOException {
        Files.writeString(folder.resolve("change.txt"), "changed");
    }

    private static String version(String service) {
        return platform.service(service).path("version").asText();
    }
}
