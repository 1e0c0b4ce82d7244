package dev.berth.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.berth.core.BerthException;
import dev.berth.core.InstanceRuntime.Instance;
import dev.berth.core.InstanceRuntime.Request;
import dev.berth.core.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class FailedStartTest extends RuntimeFixture {

    @Test
    void anEarlyExitShowsTheLastLines() {
        Problem problem = failure(request("sh", "-c", "echo first; echo 数据库连不上 >&2; exit 3"));

        assertThat(problem.code()).isEqualTo("EXITED_BEFORE_READY");
        assertThat(problem.message()).contains("exit code 3", "first", "数据库连不上");
        assertThat(problem.hint()).contains("PORT=");
    }

    @Test
    void anEarlyDeathNamesTheSignal() {
        assertThat(failure(request("sh", "-c", "kill -SEGV $$")).message())
                .contains("killed by SIGSEGV", "printed nothing");
    }

    @Test
    @Tag("HO-44")
    void aProgramThatIgnoresPortIsToldWhereItListens() throws IOException {
        write("deaf.js", "const s = require('http').createServer().listen(0, () => console.log(s.address().port))");

        Problem problem = failure(within(Duration.ofSeconds(2), request("sh", "-c", "node deaf.js; true")));

        assertThat(problem.code()).isEqualTo("PORT_NEVER_OPENED");
        assertThat(problem.message()).contains("within 2 s", "listens on " + log.getFirst() + ", not on PORT=");
        assertThat(problem.hint()).isEqualTo("read PORT from the environment, or deploy with --port " + log.getFirst());
    }

    @Test
    void aProgramThatListensNowhereIsToldSo() {
        Problem problem = failure(within(Duration.ofMillis(300), request("sleep", "600")));

        assertThat(problem.code()).isEqualTo("PORT_NEVER_OPENED");
        assertThat(problem.message()).contains("within 300 ms", "listens on no port");
    }

    @Test
    void aProgramOnAnotherAddressIsToldSo() throws IOException {
        write("other.js", "require('http').createServer().listen(process.env.PORT, '127.0.0.2')");

        Problem problem = failure(within(Duration.ofSeconds(2), request("node", "other.js")));

        assertThat(problem.message()).contains("listens on 127.0.0.2:");
    }

    @Test
    void aMissingProgramIsNamedWithThePathLookedThrough() {
        Problem problem = failure(request("no-such-program", "-v"));

        assertThat(problem.code()).isEqualTo("START_FAILED");
        assertThat(problem.message()).contains("`no-such-program`", "PATH=", "node_modules/.bin");
        assertThat(failure(with(Map.of("PATH", "/empty"), request("node"))).message())
                .endsWith("PATH=/empty");
    }

    @Test
    void aFileThatIsNoProgramIsNamed() throws IOException {
        write("run.sh", "#!/bin/sh\n");

        assertThat(failure(request("./run.sh")).message()).contains("`./run.sh` is not executable");
        assertThat(failure(request("./absent.sh")).message()).contains("`./absent.sh`");
        assertThat(failure(request("")).message()).contains("empty");
    }

    @Test
    void aScriptWithoutItsInterpreterIsTold() throws IOException {
        script("odd.sh", "#!/opt/no/such/shell -x\n");
        script("windows.sh", "#!/bin/sh\r\nexec node server.js\r\n");

        assertThat(failure(request("./odd.sh")).message())
                .isEqualTo("`./odd.sh` wants the interpreter /opt/no/such/shell, which is not there");
        Problem windows = failure(request("./windows.sh"));
        assertThat(windows.message()).startsWith("`./windows.sh` has Windows line ends");
        assertThat(windows.hint()).contains("LF", "sed -i 's/\\r$//' ./windows.sh");
        assertThat(failure(with(Map.of("PATH", files.toString()), request("odd.sh")))
                        .message())
                .contains("/opt/no/such/shell");
    }

    @Test
    void aFixedPortInUseIsRefusedWithItsOwner() throws IOException {
        try (var other = new ServerSocket(0)) {
            Problem problem = failure(onPort(other.getLocalPort(), request("node", "server.js")));

            assertThat(problem.code()).isEqualTo("PORT_TAKEN");
            assertThat(problem.message())
                    .contains(
                            "port " + other.getLocalPort(),
                            "process " + ProcessHandle.current().pid());
        }
    }

    @Test
    void aFixedPortServesOneInstanceAtATime() throws Exception {
        int port = freePort();
        Instance first = runtime.start(onPort(port, request("node", "server.js")));
        assertThat(first.endpoint().port()).isEqualTo(port);
        assertThat(failure(onPort(port, request("node", "server.js"))).code()).isEqualTo("PORT_TAKEN");

        first.stop(Duration.ofSeconds(5));
        first.exited().toCompletableFuture().get(20, TimeUnit.SECONDS);
        Instance second = runtime.start(onPort(port, request("node", "server.js")));
        assertThat(get(second, "/")).contains("cwd");
        runtime.close();
    }

    @Test
    void anotherServerOnThePortIsNotMistakenForTheInstance() throws Exception {
        int port = freePort();
        var line = new CompletableFuture<String>();
        Request r = onPort(port, request("sh", "-c", "echo started; exec sleep 600"));
        Request waiting = new Request(
                r.instanceId(), r.files(), r.command(), r.variables(), r.port(), r.readyWithin(), line::complete);
        var failure = CompletableFuture.supplyAsync(() -> failure(waiting));
        line.get(10, TimeUnit.SECONDS);

        try (var other = new ServerSocket(port, 50, InetAddress.getLoopbackAddress())) {
            assertThat(other.accept().isConnected()).isTrue();
            assertThat(failure.get(20, TimeUnit.SECONDS).code()).isEqualTo("PORT_TAKEN");
        }
    }

    private Problem failure(Request request) {
        BerthException refused = catchThrowableOfType(BerthException.class, () -> runtime.start(request));
        assertThat(refused).isNotNull();
        assertThat(instances.resolve("running").resolve(request.instanceId())).doesNotExist();
        return refused.problem();
    }

    private void script(String name, String content) throws IOException {
        assertThat(write(name, content).toFile().setExecutable(true)).isTrue();
    }

    private static int freePort() throws IOException {
        try (var probe = new ServerSocket(0)) {
            return probe.getLocalPort();
        }
    }
}
