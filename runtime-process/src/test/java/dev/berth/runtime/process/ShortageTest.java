package dev.berth.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that gets less from its machine than it wants. What it has goes on, and what failed works again later. */
class ShortageTest extends RuntimeFixture {
    private static final String LISTEN = "import socket,os,time\n"
            + "s=socket.create_server(('127.0.0.1',int(os.environ['PORT'])))\ntime.sleep(600)";
    private static final String AS_ROOT = "0";
    private static final int OF_NOBODY_ELSE = 54_321;
    private static final int MOST_INSTANCES = 60;

    private Path folder;

    @BeforeEach
    void placeOfTheOtherServer() throws IOException {
        folder = Files.createDirectory(temporary.resolve("starved")).toRealPath();
    }

    @Test
    void aFullDiskIsTold() throws Exception {
        List<String> unshare = List.of("unshare", "--mount", "--map-root-user");
        String mount = "mount -t tmpfs -o size=5m none " + folder;
        assumeThat(run(join(unshare, "sh", "-c", mount)))
                .as("a file system of its own")
                .isZero();
        Files.write(files.resolve("big"), new byte[2_000_000]);
        try (var server = OtherServer.start(
                folder,
                files,
                join(unshare, "sh", "-c", mount + " && exec \"$@\"", "sh").toArray(String[]::new))) {
            Path seen = Path.of("/proc/" + server.pid() + "/root" + folder);
            for (String id : List.of("one", "two")) {
                server.order("start", id, "node", "server.js");
                server.hears("ready " + id);
            }

            server.order("start", "three", "node", "server.js");

            assertThat(server.hears("failed three"))
                    .contains("STORAGE_FAILED", "the disk of " + folder + " is full", "→ free some room there");
            server.order("prepare");
            assertThat(server.hears("failed -")).contains("STORAGE_FAILED");
            assertThat(entries(seen.resolve("running"))).containsExactlyInAnyOrder("one", "two");
            assertThat(entries(seen.resolve("prepared"))).isEmpty();
            server.order("stop", "one", "5000");
            assertThat(server.hears("ended one")).doesNotContain("SIGKILL");
            server.order("start", "four", "node", "server.js");
            server.hears("ready four");
        }
    }

    @Test
    void tooManyOpenFilesAreTold() throws Exception {
        failsAndRecovers("too many open files", "ulimit -n", List.of("prlimit", "--nofile=90"));
    }

    @Test
    void noMoreProcessesAreTold() throws Exception {
        List<String> other = List.of(
                "setpriv",
                "--reuid=" + OF_NOBODY_ELSE,
                "--regid=" + OF_NOBODY_ELSE,
                "--clear-groups",
                "--inh-caps=-all");
        assumeThat(output("id", "-u"))
                .as("root, who may become somebody without processes")
                .isEqualTo(AS_ROOT);
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        assumeThat(run(join(other, "test", "-r", classFile())))
                .as("readable classes")
                .isZero();

        failsAndRecovers("no new process", "ulimit -u", join(other, "prlimit", "--nproc=70"));
    }

    private void failsAndRecovers(String why, String whatToDo, List<String> starved) throws Exception {
        try (var server = OtherServer.start(folder, files, starved.toArray(String[]::new))) {
            int started = 0;
            String answer = "ready";
            while (answer.startsWith("ready") && started < MOST_INSTANCES) {
                started++;
                server.order("start", "n" + started, "/usr/bin/python3", "-S", "-c", LISTEN.replace('\n', ';'));
                answer = server.hears("ready n" + started, "failed n" + started);
            }
            assertThat(started).isGreaterThan(2);
            assertThat(answer).contains("START_FAILED", why, whatToDo);

            for (String id : List.of("n1", "n2")) {
                server.order("stop", id, "5000");
                server.hears("ended " + id);
            }
            server.order("start", "again", "/usr/bin/python3", "-S", "-c", LISTEN.replace('\n', ';'));
            server.hears("ready again");
        }
    }

    private static List<String> join(List<String> first, String... more) {
        var all = new ArrayList<>(first);
        all.addAll(List.of(more));
        return all;
    }

    private static String classFile() {
        return ShortageTest.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
    }

    private static List<String> entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(path -> path.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .toList();
        }
    }

    private static int run(List<String> command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).start().waitFor();
    }

    private static String output(String... command) throws IOException {
        try (var lines = new ProcessBuilder(command).start().inputReader()) {
            return lines.readLine();
        }
    }
}
