package dev.berth.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is not root: the kernel may let it have user namespaces, or not. */
class OwnFilesWithoutRightsTest {
    private static final int NOBODY = 65534;
    private static final String ME = "cat /.berth-test-own/token; echo; id -u; id -g; grep CapEff /proc/self/status;"
            + " head -n 1 /etc/hosts; touch ../home/mine && stat -c %u ../home/mine; setsid sleep 600 & echo $!;"
            + " exec node server.js";

    /** In a user namespace with the same users that lets nobody make another. */
    private static final String WITHOUT_USER_NAMESPACES = """
            me=$$
            (until [ "$(readlink /proc/$me/ns/user)" != "$(readlink /proc/self/ns/user)" ]; do sleep 0.01; done
             echo 0 0 65536 >/proc/$me/uid_map; echo 0 0 65536 >/proc/$me/gid_map) &
            exec unshare --user sh -c 'until grep -q 65536 /proc/self/gid_map; do sleep 0.01; done; exec "$@"' sh \\
                sh -c 'echo 0 >/proc/sys/user/max_user_namespaces && exec "$@"' sh "$@"
            """;

    @TempDir
    Path temporary;

    private Path folder;
    private Path files;
    private Path token;
    private String classPath;

    @BeforeEach
    void placeThatNobodyCanUse() throws IOException, InterruptedException {
        folder = Files.createDirectory(temporary.resolve("instances"));
        files = Files.createDirectory(temporary.resolve("version"));
        token = Files.createDirectory(temporary.resolve("token"));
        Files.writeString(files.resolve("server.js"), RuntimeFixture.SERVER);
        Files.writeString(token.resolve("token"), "of one instance");
        classPath = copyOfClassPath();
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
        if (OwnIdentity.ofServer().isRoot()) {
            assertThat(exit("chown", "-R", NOBODY + ":" + NOBODY, temporary.toString()))
                    .isZero();
            assumeThat(exit(asNobody("test", "-x", jvm())))
                    .as("may use " + jvm())
                    .isZero();
        }
    }

    @AfterEach
    void leavesNothing() throws IOException {
        assertThat(Path.of("/proc/self/mountinfo")).content().doesNotContain(temporary.toString());
        assertThat(Path.of("/.berth-test-own")).doesNotExist();
    }

    @Test
    void theServerSaysWhetherItIsPossible() throws Exception {
        boolean possible = exit(asNobody("unshare", "--user", "--map-root-user", "--mount", "true")) == 0;
        try (OtherServer server = server(asNobody())) {
            assertThat(whether(server))
                    .startsWith(
                            possible ? "private true in user namespaces, by unshare" : "private false not possible: ");
        }
    }

    @Test
    void theProgramIsWhoItWas() throws Exception {
        try (OtherServer server = server(asNobody())) {
            String whether = whether(server);
            assumeThat(whether).startsWith("private true");
            String id = Files.getAttribute(folder, "unix:uid").toString();
            String group = Files.getAttribute(folder, "unix:gid").toString();

            long program = start(server, ME);

            for (String line : List.of("of one instance", id, group, "CapEff:\t0000000000000000")) {
                server.hears("log one " + line);
            }
            server.hears("log one 127.0.0.9 api.weixin.qq.com");
            server.hears("log one " + id);
            await().until(() -> server.pids().size() == 1);
            server.order("stop", "one", "10000");
            assertThat(server.hears("ended one")).isEqualTo("ended one killed by SIGTERM");
            assertThat(RuntimeFixture.isRunning(program)).isFalse();
            assertThat(server.pids()).hasSize(1).noneMatch(RuntimeFixture::isRunning);
        }
    }

    @Test
    void afterAKillOfTheServerNothingIsLeft() throws Exception {
        OtherServer doomed = server(asNobody());
        assumeThat(whether(doomed)).startsWith("private true");
        start(doomed, "cat /.berth-test-own/token; echo; setsid sleep 600 & echo $!; exec node server.js");
        doomed.hears("log one of one instance");
        await().until(() -> doomed.pids().size() == 1);

        doomed.kill();

        await().until(() -> doomed.remains().isEmpty());
        assertThat(doomed.pids()).noneMatch(RuntimeFixture::isRunning);
    }

    @Test
    void whereTheyAreSwitchedOffTheReasonIsToldAndInstancesStartAsUsual() throws Exception {
        assumeThat(OwnIdentity.ofServer().isRoot()).isTrue();
        List<String> switchedOff = new ArrayList<>(List.of("sh", "-c", WITHOUT_USER_NAMESPACES, "sh"));
        switchedOff.addAll(List.of(asNobody()));
        assumeThat(exit(Stream.concat(switchedOff.stream(), Stream.of("true")).toArray(String[]::new)))
                .isZero();
        try (OtherServer server = server(switchedOff.toArray(String[]::new))) {
            assertThat(whether(server))
                    .isEqualTo("private false not possible: unprivileged user namespaces are switched off"
                            + " (user.max_user_namespaces=0)");

            start(server, "ls -d /.berth-test-own 2>&1; head -n 1 /etc/hosts; exec node server.js");

            assertThat(server.hears("log one ls: ")).contains("No such file or directory");
            server.hears("log one " + Files.readAllLines(HostsFile.OF_MACHINE).getFirst());
        }
    }

    @Test
    @Tag("HO-55")
    void filesThatAreWorkedInCanOnlyBeRead() throws Exception {
        try (OtherServer server = server(asNobody())) {
            boolean possible = whether(server).startsWith("private true");
            Files.writeString(files.resolve("mine"), "of the version");
            server.order("in-place");
            server.hears("in-place");

            start(server, "pwd; head -n 1 /etc/hosts; echo x 2>&1 >written || echo no; id -u; exec node server.js");

            server.hears("log one " + files.toRealPath());
            server.hears("log one " + Files.getAttribute(folder, "unix:uid"));
            if (possible) {
                server.hears("log one 127.0.0.9 api.weixin.qq.com");
                assertThat(server.hears("log one sh: ")).endsWith("Read-only file system");
                server.hears("log one no");
            }
            assertThat(Files.exists(files.resolve("written"))).isEqualTo(!possible);
            assertThat(files.resolve("mine")).hasContent("of the version");
        }
    }

    @Test
    @Tag("HO-55")
    void andTheirProgramsCanBeRunAsFarAsTheMachineLetsThem() throws Exception {
        assumeThat(OwnIdentity.ofServer().isRoot()).isTrue();
        String[] onRestrictedMount = Stream.concat(
                        Stream.of(
                                "unshare",
                                "--mount",
                                "sh",
                                "-c",
                                "mount --bind '%s' '%s' && mount -o remount,bind,noexec,nosuid,nodev '%s' && exec \"$@\""
                                        .replace("%s", files.toString()),
                                "sh"),
                        Stream.of(asNobody()))
                .toArray(String[]::new);
        try (OtherServer server = server(onRestrictedMount)) {
            assumeThat(whether(server)).startsWith("private true");
            server.order("in-place");
            server.hears("in-place");

            start(server, "echo x 2>&1 >written; exec node server.js");

            assertThat(server.hears("log one sh: ")).endsWith("Read-only file system");
        }
    }

    private OtherServer server(String... as) throws IOException {
        return OtherServer.start(classPath, folder, files, as);
    }

    private static String whether(OtherServer server) throws IOException {
        server.order("private");
        return server.hears("private");
    }

    private long start(OtherServer server, String script) throws IOException {
        server.order("own", "api.weixin.qq.com", "127.0.0.9", "/.berth-test-own", token.toString());
        server.hears("own");
        server.order("start", "one", "sh", "-c", script);
        return Long.parseLong(server.hears("ready one").split(" ", -1)[2]);
    }

    /** Root becomes nobody; others are nobody enough. */
    private static String[] asNobody(String... command) {
        Stream<String> become = OwnIdentity.ofServer().isRoot()
                ? Stream.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups")
                : Stream.of();
        return Stream.concat(become, Stream.of(command)).toArray(String[]::new);
    }

    private static String jvm() {
        return ProcessHandle.current().info().command().orElseThrow();
    }

    private static int exit(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    /** What the server needs of it; a home folder is closed to others. */
    private String copyOfClassPath() throws IOException {
        var copies = new ArrayList<String>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path copy = temporary.resolve("class-path-" + copies.size());
            if (Files.isDirectory(Path.of(entry), LinkOption.NOFOLLOW_LINKS)) {
                TreeCopy.copy(Path.of(entry), copy);
                copies.add(copy.toString());
            } else if (Path.of(entry).getFileName().toString().startsWith("berth-")) {
                copies.add(Files.copy(Path.of(entry), Path.of(copy + ".jar")).toString());
            }
        }
        return String.join(File.pathSeparator, copies);
    }
}
