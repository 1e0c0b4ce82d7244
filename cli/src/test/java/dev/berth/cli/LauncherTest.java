package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import java.util.stream.Stream;
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
            "cut",
            "uniq",
            "sh",
            "flock");

    private static final String PACKAGE = "mkdir -p cli/target/berth; : > cli/target/berth/a.jar";

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
        assertThat(ended.out()).contains(".build/build-1/a.jar:", ".build/build-1/b.jar ");
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
        buildTools(PACKAGE);
        Ended first = berth("up", "--detach");
        assertThat(first.err()).contains("Building Berth", "server and command", "faster start (AOT)");
        assertThat(first.out()).contains("<up><--detach>");
        assertThat(berth("up").err()).isEmpty();
        assertThat(builds()).hasSize(1);

        edit("core/src/main/A.java");
        assertThat(berth("status").err()).isEmpty();
        assertThat(berth("up").err()).contains("Building Berth");
    }

    @Test
    void forgetsWhatWasMadeOfASourceThatHasVanished() throws Exception {
        buildTools("find */target -type f > maven.log; " + PACKAGE);
        Path migration = edit("store/src/main/V2__more.sql");
        edit("core/src/main/A.java");
        berth("up");
        made("store/target/classes/V2__more.sql");
        made("core/target/classes/A.class");
        Files.delete(migration);
        edit("store/src/main/V3__other.sql");
        berth("up");
        assertThat(mavenSaid()).contains("core/target/classes/A.class").doesNotContain("V2__more.sql");
    }

    @Test
    void forgetsEverythingWhenNobodyKnowsWhatItWasMadeOf() throws Exception {
        buildTools("find */target -type f > maven.log; " + PACKAGE);
        edit("store/src/main/V1__first.sql");
        made("store/target/classes/V2__more.sql");
        berth("up");
        assertThat(mavenSaid()).doesNotContain("V2__more.sql");
    }

    @Test
    void testsNothingThatWasMadeOfASourceThatHasVanished() throws Exception {
        buildTools("exit 1");
        script(Files.createDirectory(repository.resolve("build")).resolve("test"), "find */target -type f");
        Path test = edit("store/src/test/OldTest.java");
        berth("test");
        made("store/target/test-classes/OldTest.class");
        assertThat(berth("test").out()).contains("OldTest.class");
        Files.delete(test);
        assertThat(berth("test").out()).isEmpty();
    }

    @Test
    void keepsTheJarsOfARunningServerUntilItHasEnded() throws Exception {
        buildTools(PACKAGE);
        berth("up");
        List<Path> first = builds();
        Process server = start(repository, repository.resolve("berth"), folder.resolve("server"), "up", "--wait");
        try {
            await().until(() -> Files.readString(folder.resolve("server")).contains("waiting"));
            for (int builds = 2; builds <= 4; builds++) {
                edit("core/src/main/A" + builds + ".java");
                berth("up");
            }
            assertThat(builds()).hasSize(3).containsAll(first);
            assertThat(first.getFirst().resolve("a.jar")).exists();
            assertThat(berth("status").out()).doesNotContain(first.getFirst() + "/");
        } finally {
            server.getOutputStream().close();
            assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
        edit("core/src/main/A.java");
        berth("up");
        assertThat(builds()).hasSize(2).doesNotContainAnyElementsOf(first);
    }

    @Test
    void takesTheAotCacheThatWasMadeWithTheJars() throws Exception {
        environment.put("JAVA_HOME", jdk("jdk-25", "25.0.1").toString());
        Path jars = jars();
        assertThat(berth("status").out()).doesNotContain("AOTCache");
        Path cache = Files.createFile(jars.resolve("berth.aot"));
        assertThat(berth("status").out()).contains("-XX:AOTCache=" + cache + " ");
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
    void otherCommandsRunTheLastBuildThatSucceeded() throws Exception {
        buildTools("mkdir -p cli/target/berth; : > cli/target/berth/half.jar; exit 1");
        jars();
        assertThat(berth("up").exitCode()).isEqualTo(1);
        assertThat(berth("status").out()).contains(".build/build-1/a.jar:").doesNotContain("half.jar");
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

    private Path jars() throws IOException {
        Path jars = Files.createDirectories(repository.resolve(".build/build-1"));
        Files.writeString(jars.resolve("b.jar"), "");
        Files.writeString(jars.resolve("a.jar"), "");
        Files.writeString(repository.resolve(".build/current"), "build-1\n");
        return jars;
    }

    private List<Path> builds() throws IOException {
        try (Stream<Path> files = Files.list(repository.resolve(".build"))) {
            return files.filter(Files::isDirectory).toList();
        }
    }

    /** The file is newer than any build so far. */
    private Path edit(String source) throws IOException {
        Path file = made(source);
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(5)));
        return file;
    }

    private Path made(String name) throws IOException {
        Path file = repository.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "");
    }

    private String mavenSaid() throws IOException {
        return Files.readString(repository.resolve("maven.log"));
    }

    /** A JDK whose java tells its version, where it runs, and all that follows the class name; a server ends with its input. */
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
                if [ "$*" = 'up --wait' ]; then echo waiting; read -r line; fi
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
        Path out = Files.createTempFile(folder, "out", "");
        Process process = start(where, launcher, out, args);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ended(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(errorsBeside(out), StandardCharsets.UTF_8));
    }

    private Process start(Path where, Path launcher, Path out, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of("/bin/sh", launcher.toString()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(where.toFile())
                .redirectOutput(out.toFile())
                .redirectError(errorsBeside(out).toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static Path errorsBeside(Path out) {
        return out.resolveSibling(out.getFileName() + ".err");
    }
}
