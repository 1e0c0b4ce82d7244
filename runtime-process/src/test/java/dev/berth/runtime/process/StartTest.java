package dev.berth.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.InstanceRuntime.Instance;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class StartTest extends RuntimeFixture {
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
        java.nio.file.Path bin = java.nio.file.Files.createDirectories(files.resolve("node_modules/.bin"));
        java.nio.file.Path tool =
                java.nio.file.Files.writeString(bin.resolve("my-server"), "#!/bin/sh\nexec node server.js\n");
        assertThat(tool.toFile().setExecutable(true)).isTrue();

        assertThat(get(runtime.start(request("my-server")), "/")).contains("cwd");
    }

    @Test
    void startsManyAtOnceOnDistinctPorts() throws InterruptedException, ExecutionException {
        String light = "import socket,os,time\ns=socket.create_server(('',int(os.environ['PORT'])))\ntime.sleep(600)";
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Instance>> starting = IntStream.range(0, 20)
                    .mapToObj(i -> request("python3", "-c", light))
                    .map(request -> threads.submit(() -> runtime.start(request)))
                    .toList();
            var ports = new java.util.HashSet<Integer>();
            for (Future<Instance> instance : starting) {
                ports.add(instance.get().endpoint().port());
            }
            assertThat(ports).hasSize(20);
        }
    }

    @Test
    void givesTheProgramDefaultSignalsAndNoStrayDescriptor() {
        String shell = "grep Sig /proc/self/status; for f in /proc/$$/fd/*; do echo fd ${f##*/} $(readlink $f); done; "
                + "exec node server.js";
        runtime.start(request("sh", "-c", shell));

        assertThat(log).contains("SigIgn:\t0000000000000000", "SigBlk:\t0000000000000000", "fd 0 /dev/null");
        assertThat(log)
                .filteredOn(line -> line.startsWith("fd "))
                .filteredOn(line -> line.contains("pipe"))
                .hasSize(2);
    }
}
