package dev.berth.artifacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With an npm of our own, which needs no network. */
@Timeout(60)
class NpmInstallTest {
    @TempDir
    Path temp;

    private final List<String> progress = new ArrayList<>();
    private Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectory(temp.resolve("service"));
        Files.writeString(folder.resolve("package.json"), "{\"dependencies\":{\"express\":\"^4\"}}");
    }

    private NpmInstall npm(String script) throws IOException {
        Path npm = temp.resolve("npm");
        Files.writeString(npm, "#!/bin/sh\n" + script);
        FileModes.set(npm, 0755);
        return new NpmInstall(npm.toString());
    }

    @Test
    void installsInTheFolderWithoutDevDependencies() throws Exception {
        npm("echo \"args $*\"; mkdir node_modules; echo added 3 packages").run(folder, progress::add);
        assertThat(folder.resolve("node_modules")).isDirectory();
        assertThat(progress).contains("args install --omit=dev --no-audit --no-fund", "added 3 packages");
    }

    @Test
    void aLockIsHonoured() throws Exception {
        Files.writeString(folder.resolve("package-lock.json"), "{}");
        npm("echo \"args $*\"").run(folder, progress::add);
        assertThat(progress).contains("args ci --omit=dev --no-audit --no-fund");
    }

    /** The hosted platform knows no npm ci: what is deployed there is to be deployed here. */
    @Test
    void aLockThatDoesNotFitIsNoReasonToRefuse() throws Exception {
        Files.writeString(folder.resolve("package-lock.json"), "{}");
        npm("echo \"args $*\"; [ $1 = install ] || { echo npm error code EUSAGE; echo npm error Missing: ms; exit 1; }")
                .run(folder, progress::add);
        assertThat(progress)
                .containsSubsequence(
                        "args ci --omit=dev --no-audit --no-fund",
                        "The lock file does not fit package.json: mend it with npm install, and deploy it",
                        "args install --omit=dev --no-audit --no-fund")
                .noneMatch(line -> line.contains("npm error"));
    }

    @Test
    void anyOtherFailureWithALockIsOne() throws Exception {
        Files.writeString(folder.resolve("package-lock.json"), "{}");
        NpmInstall npm = npm("echo \"args $*\"; echo npm error code E404; exit 1");
        assertThat(Problems.of(() -> npm.run(folder, progress::add)).code()).isEqualTo("NPM_FAILED");
        assertThat(progress).contains("args ci --omit=dev --no-audit --no-fund").hasSize(2);
    }

    @Test
    void aFailureSaysWhatNpmSaidAndNothingTwice() throws Exception {
        NpmInstall npm = npm("echo 'npm warn old'; echo 'npm error code E404' >&2; echo npm ERR!; echo npm error;"
                + " echo 'npm ERR! 404  no such package'; exit 1");
        assertThat(Problems.of(() -> npm.run(folder, progress::add))).satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("NPM_FAILED");
            assertThat(problem.message()).isEqualTo("npm failed (exit code 1):\n  code E404\n  404  no such package");
            assertThat(problem.hint()).contains("/npm install --omit=dev", "deploy again");
        });
        assertThat(progress).hasSize(2).last().isEqualTo("npm warn old");
    }

    @Test
    void aFailureWithoutAnErrorOfNpmsSaysItsLastLine() throws Exception {
        NpmInstall npm = npm("echo one; echo two; exit 7");
        assertThat(Problems.of(() -> npm.run(folder, progress::add)).message())
                .isEqualTo("npm failed (exit code 7); what it said last: two");
        NpmInstall silent = npm("exit 7");
        assertThat(Problems.of(() -> silent.run(folder, progress::add)).message())
                .isEqualTo("npm failed (exit code 7)");
    }

    @Test
    void anEndlessErrorIsCut() throws Exception {
        NpmInstall npm = npm("i=0; while [ $i -lt 100 ]; do echo npm error line $i; i=$((i+1)); done; exit 1");
        assertThat(Problems.of(() -> npm.run(folder, progress::add)).message()).hasLineCount(31);
    }

    @Test
    void anNpmThatHangsIsEndedWithAllItStarted() throws Exception {
        npm("echo waiting; sleep 1000 & echo $! > child; sleep 1000");
        NpmInstall hanging = new NpmInstall(temp.resolve("npm").toString(), Duration.ofMillis(500));
        assertThat(Problems.of(() -> hanging.run(folder, progress::add))).satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("NPM_FAILED");
            assertThat(problem.message()).contains("took longer than 1 s").contains("waiting");
        });
        long child = Long.parseLong(Files.readString(folder.resolve("child")).strip());
        await().until(() ->
                ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty());
    }

    @Test
    void aMissingNpmIsToldWithWhatToDo() {
        NpmInstall npm = new NpmInstall(temp.resolve("nothing").toString());
        assertThat(Problems.of(() -> npm.run(folder, progress::add))).satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("NPM_MISSING");
            assertThat(problem.hint()).contains("Node.js");
        });
    }

    @Test
    void isNeededOnlyForMissingDependencies() throws Exception {
        NpmInstall npm = new NpmInstall("npm");
        assertThat(npm.isNeeded(folder)).isTrue();
        Files.createDirectory(folder.resolve("node_modules"));
        assertThat(npm.isNeeded(folder)).isFalse();
        Files.delete(folder.resolve("node_modules"));
        Files.writeString(folder.resolve("package.json"), "{\"devDependencies\":{\"jest\":\"*\"}}");
        assertThat(npm.isNeeded(folder)).isFalse();
        Files.delete(folder.resolve("package.json"));
        assertThat(npm.isNeeded(folder)).isFalse();
    }
}
