package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@code ./berth} with sh in a working copy of its own, where java, node and mvn are scripts. */
class LauncherTest {
    private static final List<String> TOOLS = List.of(
            "uname",
            "readlink",
            "dirname",
            "sed",
            "head",
            "find",
            "date",
            "mkdir",
            "touch",
            "mv",
            "rm",
            "grep",
            "tail",
            "sort",
            "tr",
            "cat",
            "sh",
            "flock");

    record Ended(int exitCode, String out, String err) {}

    @TempDir
    Path folder;

    private Path repository;
    private Path bin;
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void workingCopy() throws IOException {
        repository = Files.createDirectory(folder.resolve("working copy"));
        Files.copy(Path.of("..", "berth"), repository.resolve("berth"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.writeString(repository.resolve("pom.xml"), "<project/>");
        bin = Files.createDirectory(folder.resolve("bin"));
        for (String tool : TOOLS) {
            Files.createSymbolicLink(bin.resolve(tool), Path.of("/usr/bin", tool));
        }
        environment.put("PATH", bin.toString());
        environment.put("HOME", folder.toString());
        environment.put("BERTH_JDK_PLACES", "");
    }

    @Test
    void saysThatThereIsNoJdk() throws Exception {
        Ended ended = berth("status");
        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.err())
                .startsWith("error: Berth needs a JDK 25 or newer; found: none.")
                .contains("  → Install one");
    }

    @Test
    void saysWhichJdksAreTooOld() throws Exception {
        environment.put("JAVA_HOME", jdk("jdk-8", "1.8.0_402").toString());
        environment.put("BERTH_JDK_PLACES", jdk("jdk-17", "17.0.9").toString());
        Ended ended = berth("status");
        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.err()).contains("jdk-8 (Java 8)", "jdk-17 (Java 17)");
    }

    @Test
    void takesAFittingJdkAfterATooOldOne() throws Exception {
        environment.put("JAVA_HOME", jdk("jdk-17", "17.0.9").toString());
        environment.put("BERTH_JDK_PLACES", jdk("jdk-26", "26").toString());
        jars();
        assertThat(berth("status", "--json").out()).contains("java of jdk-26", "dev.berth.cli.Main status --json");
    }

    @Test
    void keepsTheCallersFolderAndTheArgumentsAsTheyAre() throws Exception {
        environment.put("JAVA_HOME", jdk("jdk-25", "25.0.1").toString());
        jars();
        Files.createSymbolicLink(bin.resolve("berth"), repository.resolve("berth"));
        Path elsewhere = Files.createDirectory(folder.resolve("else where"));
        Ended ended = run(elsewhere, bin.resolve("berth"), "call", "x", "/a b", "*");
        assertThat(ended.err()).isEmpty();
        assertThat(ended.out()).contains("in " + elsewhere, "<call><x></a b><*>");
        assertThat(ended.out()).contains("cli/target/berth/a.jar:", "cli/target/berth/b.jar ");
    }

    @Test
    void saysThatNodeIsMissingOrTooOldWhenServicesAreToRun() throws Exception {
        environment.put("JAVA_HOME", jdk("jdk-25", "25.0.1").toString());
        assertThat(berth("up").err()).startsWith("error: Node.js 20 or newer is needed, and there is no node in PATH.");
        script(bin.resolve("node"), "echo v18.20.0");
        assertThat(berth("up").err()).contains("Node.js 20 or newer is needed", "is v18.20.0");
    }

    @Test
    void saysThatMavenIsMissingWhenThereIsSomethingToBuild() throws Exception {
        environment.put("JAVA_HOME", jdk("jdk-25", "25.0.1").toString());
        assertThat(berth("status").err()).startsWith("error: Maven is needed for the build");
    }

    @Test
    void buildsOnceAndAgainWhenASourceIsNewer() throws Exception {
        buildTools("mkdir -p cli/target/berth; : > cli/target/berth/a.jar; echo built >> builds");
        Ended first = berth("up", "--detach");
        assertThat(first.err()).contains("Building Berth", "server and command", "faster start (AOT)");
        assertThat(first.out()).contains("<up><--detach>");
        assertThat(berth("up").err()).isEmpty();
        assertThat(repository.resolve("builds")).hasContent("built");

        Path source =
                Files.createDirectories(repository.resolve("core/src/main")).resolve("A.java");
        Files.writeString(source, "class A {}");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
        assertThat(berth("status").err()).isEmpty();
        assertThat(berth("up").err()).contains("Building Berth");
    }

    @Test
    void takesTheAotCacheOnlyWhileItIsNewerThanTheJars() throws Exception {
        environment.put("JAVA_HOME", jdk("jdk-25", "25.0.1").toString());
        jars();
        Path cache = Files.createDirectory(repository.resolve(".build")).resolve("berth.aot");
        Files.writeString(cache, "");
        Files.setLastModifiedTime(cache, FileTime.from(Instant.now().plusSeconds(5)));
        assertThat(berth("status").out()).contains("-XX:AOTCache=" + cache + " ");
        Files.setLastModifiedTime(cache, FileTime.from(Instant.EPOCH));
        assertThat(berth("status").out()).doesNotContain("AOTCache");
    }

    @Test
    void showsTheErrorsOfABuildThatFailed() throws Exception {
        buildTools("echo '[INFO] noise'; echo '[ERROR] A.java:[1,2] broken'; exit 1");
        Ended ended = berth("up");
        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.err())
                .contains("[ERROR] A.java:[1,2] broken", "error: The build failed at: server and command", "build.log")
                .doesNotContain("noise");
    }

    @Test
    void handsTestToItsScript() throws Exception {
        buildTools("exit 1");
        script(
                Files.createDirectory(repository.resolve("build")).resolve("test"),
                "echo \"tested $1 with $JAVA_HOME\"");
        assertThat(berth("test", "--install").out())
                .isEqualTo("tested --install with " + environment.get("JAVA_HOME") + "\n");
    }

    @Test
    void servicesThatAreJarsFindAJava() throws Exception {
        buildTools("exit 1");
        script(Files.createDirectory(repository.resolve("build")).resolve("test"), "command -v java");
        assertThat(berth("test").out()).isEqualTo(environment.get("JAVA_HOME") + "/bin/java\n");
        script(bin.resolve("java"), "");
        assertThat(berth("test").out()).isEqualTo(bin.resolve("java") + "\n");
    }

    private void buildTools(String maven) throws IOException {
        environment.put("JAVA_HOME", jdk("jdk-25", "25.0.1").toString());
        script(bin.resolve("node"), "echo v22.1.0");
        script(bin.resolve("npm"), "exit 0");
        script(bin.resolve("mvn"), maven);
    }

    private void jars() throws IOException {
        Path jars = Files.createDirectories(repository.resolve("cli/target/berth"));
        Files.writeString(jars.resolve("b.jar"), "");
        Files.writeString(jars.resolve("a.jar"), "");
    }

    /** A JDK whose java tells its version, where it runs, and all that follows the class name. */
    private Path jdk(String name, String version) throws IOException {
        Path home = folder.resolve(name);
        Files.createDirectories(home.resolve("bin"));
        script(home.resolve("bin/javac"), "");
        script(home.resolve("bin/java"), """
                if [ "$1" = -version ]; then echo 'openjdk version "%s" 2026-01-01' >&2; exit; fi
                echo "java of %s in $PWD: $*"
                while [ "$1" != dev.berth.cli.Main ]; do shift; done
                shift
                printf '<%%s>' "$@"
                """.formatted(version, name));
        return home;
    }

    private static void script(Path file, String body) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Ended berth(String... args) throws Exception {
        return run(repository, repository.resolve("berth"), args);
    }

    private Ended run(Path where, Path launcher, String... args) throws Exception {
        List<String> command = new ArrayList<>(List.of("/bin/sh", launcher.toString()));
        command.addAll(List.of(args));
        Path out = Files.createTempFile(folder, "out", "");
        Path err = Files.createTempFile(folder, "err", "");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(where.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ended(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }
}
