package dev.berth.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.InstanceRuntime.Instance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class StartTest extends RuntimeFixture {
    private static final String LIGHT =
            "import socket,os,time\ns=socket.create_server(('',int(os.environ['PORT'])))\ntime.sleep(600)";
    /** Signals 32 and 33 belong to glibc, whose posix_spawn ignores them in every child. */
    private static final long ORDINARY_SIGNALS = 0x7fff_ffffL;

    @Test
    @Tag("HO-35")
    void isReadyWhenThePortAcceptsConnections() {
        Instance instance = runtime.start(request("node", "server.js"));

        assertThat(instance.endpoint().port()).isBetween(PORTS.first(), PORTS.last());
        assertThat(get(instance, "/")).contains("\"cwd\":\"" + instances + "/running/");
        assertThat(isRunning(instance.pid())).isTrue();
    }

    @Test
    @Tag("HO-35")
    void waitsForAProgramThatOpensItsPortLate() throws IOException {
        write("late.js", "setTimeout(() => require('./server.js'), 700)");

        assertThat(get(runtime.start(request("node", "late.js")), "/")).contains("cwd");
    }

    @Test
    @Tag("HO-35")
    void findsAProgramThatListensOnIpv6Only() throws IOException {
        write("six.js", "require('http').createServer((q, s) => s.end('six')).listen(process.env.PORT, '::1')");

        Instance instance = runtime.start(request("node", "six.js"));

        assertThat(instance.endpoint().host()).isEqualTo("::1");
        assertThat(get(instance, "/")).isEqualTo("six");
    }

    @Test
    void findsAServerBehindAShellAndALauncher() {
        Instance instance = runtime.start(request(
                "sh",
                "-c",
                "node -e 'require(`child_process`)" + ".spawn(`node`, [`server.js`], {stdio: `inherit`})'; true"));

        assertThat(get(instance, "/")).contains("cwd");
    }

    @Test
    void runsAProgramOfTheNodeModules() throws IOException {
        Path bin = Files.createDirectories(files.resolve("node_modules/.bin"));
        Path tool = Files.writeString(bin.resolve("my-server"), "#!/bin/sh\nexec node server.js\n");
        assertThat(tool.toFile().setExecutable(true)).isTrue();

        assertThat(get(runtime.start(request("my-server")), "/")).contains("cwd");
    }

    @Test
    void startsManyAtOnceOnDistinctPorts() throws InterruptedException, ExecutionException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Instance>> starting = IntStream.range(0, 20)
                    .mapToObj(i -> request("python3", "-c", LIGHT))
                    .map(request -> threads.submit(() -> runtime.start(request)))
                    .toList();
            var ports = new HashSet<Integer>();
            for (Future<Instance> instance : starting) {
                ports.add(instance.get().endpoint().port());
            }
            assertThat(ports).hasSize(20);
        }
    }

    private static long signals(Path process, String name) throws IOException {
        String line = Files.readAllLines(process.resolve("status")).stream()
                .filter(it -> it.startsWith(name))
                .findFirst()
                .orElseThrow();
        return Long.parseUnsignedLong(line.substring(name.length()), 16);
    }

    @Test
    void givesTheProgramDefaultSignalsAndNoStrayDescriptor() throws IOException {
        Instance instance = runtime.start(request(
                "python3",
                "-S",
                "-c",
                "import signal\n"
                        + "signal.signal(signal.SIGPIPE, signal.SIG_DFL)\nsignal.signal(signal.SIGXFSZ, signal.SIG_DFL)\n"
                        + LIGHT));
        Path process = Path.of("/proc/" + instance.pid());

        for (String name : List.of("SigIgn:\t", "SigBlk:\t")) {
            // what this JVM was told to ignore, as by nohup, a shell cannot take back
            long own = signals(Path.of("/proc/self"), name);
            assertThat(signals(process, name) & ORDINARY_SIGNALS & ~own).isZero();
        }
        assertThat(Files.readSymbolicLink(process.resolve("fd/0"))).hasToString("/dev/null");
        assertThat(Files.readSymbolicLink(process.resolve("fd/1"))).asString().startsWith("pipe:");
        try (Stream<Path> descriptors = Files.list(process.resolve("fd"))) {
            assertThat(descriptors).hasSize(4);
        }
    }
}
