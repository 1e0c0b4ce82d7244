package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorOfServerTest {
    @TempDir
    Path folder;

    private final ServerDouble server = new ServerDouble();
    private final MachineDouble machine = new MachineDouble();

    @BeforeEach
    void describe() {
        server.describedIn(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aServerThatStandsWell() {
        assertThat(look("0.1.0")).isEqualTo("""
                ✓ Server: Berth 0.1.0, pid 42, http://127.0.0.1:7080
                ✓ Services: none fails
                ✓ Cloud call: works for every HTTP client: each instance has a hosts file of its own
                ✓ WeChat: simulated; the real one is not asked""");
    }

    @Test
    void anotherVersionIsTold() {
        assertThat(look("0.2.0"))
                .contains("! Server: Berth 0.1.0, pid 42, http://127.0.0.1:7080, but this command is of 0.2.0");
    }

    @Test
    void aFailingServiceIsToldWithItsReason() {
        server.on("GET /api/v1/environments/prod-01/services", """
                {"services":[{"name":"api","state":"failing","lastFailure":"exit code 3"}]}""");
        server.on("GET /api/v1/environments", "{\"environments\":[{\"id\":\"prod-01\"},{\"id\":\"dev\"}]}")
                .on("GET /api/v1/environments/dev/services", """
                        {"services":[{"name":"b","state":"failing","lastFailure":"exit code 4"}]}""");
        assertThat(look("")).contains("! Service: api fails: exit code 3", "! Service: dev/b fails: exit code 4");
        assertThat(Typed.in(folder, "status").out()).contains("./berth rollback b --env dev");
    }

    @Test
    void theRealWeChatMustAnswer() {
        server.on("GET /api/v1/status", """
                {"version":"0.1.0","pid":42,"simulator":false,"environment":"prod-01","doors":{"gateway":"http://g"},
                 "cloudCall":{"byAddress":true,"reason":"r","ca":"c"}}""");
        assertThat(look("")).contains("✓ WeChat: api.weixin.qq.com answers");
        machine.broken("api.weixin.qq.com", "UnknownHostException");
        assertThat(look("")).contains("✗ WeChat: api.weixin.qq.com does not answer: UnknownHostException");
    }

    @Test
    void theAddressThatWasSetIsAskedInItsPlace() {
        server.on("GET /api/v1/config", """
                {"settings":[{"key":"simulator.enabled","value":true},
                             {"key":"wechat.base-url","value":"https://wechat.example:8443"}]}""");
        machine.broken("api.weixin.qq.com", "nobody asks it");
        assertThat(look("")).contains("✓ WeChat: https://wechat.example:8443 (wechat.base-url) answers");
        machine.broken("wechat.example", "UnknownHostException");
        assertThat(look(""))
                .contains(
                        "✗ WeChat: https://wechat.example:8443 (wechat.base-url) does not answer: UnknownHostException");
    }

    @Test
    void programsThatDoNotReachWeChatAreToldOf() {
        server.on("GET /api/v1/status", """
                {"version":"0.1.0","pid":42,"simulator":true,"environment":"prod-01","doors":{"gateway":"http://g"},
                 "cloudCall":{"byAddress":false,"reason":"only for HTTP clients that obey http_proxy: no unshare","ca":"/ca.crt"}}""");
        assertThat(look("")).contains("! Cloud call: works only for HTTP clients that obey http_proxy: no unshare");
    }

    @Test
    void aServerThatIsGoneWithoutAWordIsTold() {
        server.close();
        assertThat(look("")).startsWith("! Server: No Berth server is running here");
    }

    @Test
    void anotherTokenIsAProblem() throws Exception {
        java.nio.file.Files.writeString(folder.resolve(".berth/token"), "wrong");
        assertThat(look("")).startsWith("✗ Server: The token is not this server's.");
    }

    @Test
    void thePortsOfTheServerAreItsOwn() {
        RunningServer running = RunningServer.find(Typed.shell(folder)).orElseThrow();
        machine.taken(7080, "java, pid " + running.pid()).taken(7081, "nginx, pid 1");
        String ports = new NetworkChecks(machine, java.util.Map.of(), Optional.of(running))
                .ports().stream()
                        .map(finding -> finding.state().mark() + " " + finding.name() + ": " + finding.says())
                        .collect(Collectors.joining("\n"));
        assertThat(ports)
                .contains("✓ Port 7080: the server that runs here has it (java, pid " + running.pid() + ")")
                .contains("! Port 7081: taken by nginx, pid 1");
    }

    private String look(String ownVersion) {
        return new ServerChecks(machine, RunningServer.find(Typed.shell(folder)), ownVersion)
                .all().stream()
                        .map(finding -> finding.state().mark() + " " + finding.name() + ": " + finding.says())
                        .collect(Collectors.joining("\n"));
    }
}
