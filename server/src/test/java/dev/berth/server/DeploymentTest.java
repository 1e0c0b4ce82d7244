package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DeploymentTest {
    @TempDir
    private Path data;

    private ServerFixture server;

    @BeforeEach
    void start() throws IOException {
        server = ServerFixture.start(data);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aDeploymentTellsItsProgressAndThenTheVersion() throws Exception {
        Reply reply = server.deploy("demo", ServiceTar.greeter("hello"), "");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.headers().firstValue("content-type")).contains("application/x-ndjson");
        assertThat(reply.lines().subList(0, reply.lines().size() - 1))
                .isNotEmpty()
                .allSatisfy(
                        line -> assertThat(new JsonObject(line).fieldNames()).containsExactly("progress"));
        assertThat(reply.lastLine())
                .isEqualTo(new JsonObject()
                        .put(
                                "deployed",
                                new JsonObject()
                                        .put("service", "demo")
                                        .put("version", "demo-001")
                                        .put("changed", true)
                                        .put("launch", "node index.js")
                                        .put("origin", "package.json scripts.start")));
    }

    @Test
    void theSameAgainIsNoNewVersionAndSomethingElseIs() throws Exception {
        server.deploy("demo", ServiceTar.greeter("hello"), "");
        JsonObject same = deployed(server.deploy("demo", ServiceTar.greeter("hello"), ""));
        JsonObject other = deployed(server.deploy("demo", ServiceTar.greeter("good day"), ""));

        assertThat(same.getBoolean("changed")).isFalse();
        assertThat(same.getString("version")).isEqualTo("demo-001");
        assertThat(other.getBoolean("changed")).isTrue();
        assertThat(other.getString("version")).isEqualTo("demo-002");
    }

    @Test
    void theOptionsOfTheQueryHold() throws Exception {
        Reply reply = server.deploy(
                "demo",
                gzip(ServiceTar.greeter("hello")),
                "command=exec%20node%20index.js&idle=1h&env=A=1&env=B=x=y&access=MINIAPP,PUBLIC&install=false");

        assertThat(deployed(reply).getString("launch")).isEqualTo("exec node index.js");
        assertThat(deployed(reply).getString("origin")).isEqualTo("--command");
        JsonObject listed = server.get(ServerFixture.SERVICES)
                .json()
                .getJsonArray("services")
                .getJsonObject(0);
        assertThat(listed).isEqualTo(new JsonObject("""
                        {"name":"demo","version":"demo-001","state":"zero","shares":[{"version":"demo-001","weight":100}],
                         "instances":0,"inFlight":0,"min":0,"max":5,
                         "launch":"exec node index.js","access":["MINIAPP","PUBLIC"]}"""));
    }

    @ParameterizedTest
    @CsvSource({
        "demo, port=0, REQUEST_INVALID",
        "demo, port=65536, REQUEST_INVALID",
        "demo, port=http, REQUEST_INVALID",
        "demo, idle=30, REQUEST_INVALID",
        "demo, idle=soon, REQUEST_INVALID",
        "demo, idle=-1s, REQUEST_INVALID",
        "demo, idle=10ms, INVALID_IDLE",
        "demo, max=0, REQUEST_INVALID",
        "demo, min=few, REQUEST_INVALID",
        "demo, min=3&max=2, INVALID_SCALE",
        "demo, env=NOVALUE, REQUEST_INVALID",
        "demo, env==x, REQUEST_INVALID",
        "demo, env=1A=x, INVALID_VARIABLE",
        "demo, access=EVERYBODY, REQUEST_INVALID",
        "demo, 'access=MINIAPP,', REQUEST_INVALID",
        "demo, install=maybe, REQUEST_INVALID",
        "Demo, install=true, INVALID_SERVICE_NAME",
        "..%2Fdemo, install=true, INVALID_SERVICE_NAME",
        "a-name-that-is-too-long-for-it, install=true, INVALID_SERVICE_NAME"
    })
    void whatCannotBeIsRefusedBeforeTheFilesAreRead(String service, String query, String code) throws Exception {
        Reply reply = server.deploy(service, ServiceTar.greeter("hello"), query);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo(code);
        assertThat(server.get(ServerFixture.SERVICES).json().getJsonArray("services"))
                .isEmpty();
    }

    @Test
    void aServiceIsRemovedWithItsFilesAndLogs() throws Exception {
        server.deploy("demo", ServiceTar.greeter("hello"), "");
        server.call("demo", "/", server.session("alice"));

        Reply removed = server.send("DELETE", ServerFixture.SERVICES + "/demo", "");

        assertThat(removed.json()).isEqualTo(new JsonObject().put("removed", "demo"));
        assertThat(data.resolve("versions/prod-01/demo")).doesNotExist();
        assertThat(data.resolve("logs/prod-01/demo.log")).doesNotExist();
        assertThat(server.send("DELETE", ServerFixture.SERVICES + "/demo", "").code())
                .isEqualTo("SERVICE_UNKNOWN");
    }

    @Test
    void statusCountsWhatIsThere() throws Exception {
        server.deploy("demo", ServiceTar.greeter("hello"), "");
        server.call("demo", "/", server.session("alice"));

        JsonObject status = server.get("/api/v1/status").json();

        assertThat(status.fieldNames())
                .containsExactlyInAnyOrder(
                        "version",
                        "pid",
                        "uptimeMillis",
                        "simulator",
                        "doors",
                        "app",
                        "environment",
                        "data",
                        "apps",
                        "services",
                        "instances",
                        "functions",
                        "cloudCall",
                        "trust");
        assertThat(status.getInteger("apps")).isEqualTo(1);
        assertThat(status.getInteger("services")).isEqualTo(1);
        assertThat(status.getInteger("instances")).isEqualTo(1);
        assertThat(status.getInteger("functions")).isZero();
        assertThat(status.getLong("pid")).isEqualTo(ProcessHandle.current().pid());
        assertThat(status.getJsonObject("doors").fieldNames())
                .containsExactly("gateway", "management", "inward", "simulator");
        assertThat(status.getJsonObject("doors").getString("management"))
                .isEqualTo(server.door("management").toString());
    }

    private static JsonObject deployed(Reply reply) {
        return reply.lastLine().getJsonObject("deployed");
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(plain);
        }
        return packed.toByteArray();
    }
}
