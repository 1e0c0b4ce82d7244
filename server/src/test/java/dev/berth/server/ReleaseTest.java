package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReleaseTest {
    private static final String DEMO = ServerFixture.SERVICES + "/demo";

    @TempDir
    private Path data;

    private ServerFixture server;

    @BeforeEach
    void start() throws Exception {
        server = ServerFixture.start(data);
        server.deploy("demo", ServiceTar.greeter("one"), "env=PASSWORD=hush&idle=90m&max=3");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    @Tag("HO-8")
    void aGrayVersionGetsItsShareOfTheCalls() throws Exception {
        Reply reply = server.deploy("demo", ServiceTar.greeter("two"), "release=gray&weight=50");

        assertThat(reply.lines())
                .contains("{\"progress\":\"demo-002 gets 50 % of the traffic as soon as it is ready\"}");
        assertThat(greetings(60)).as("of 60 calls with 50 %").containsExactly("one", "two");
        assertThat(server.get(DEMO).json().getJsonArray("shares")).isEqualTo(new JsonArray("""
                        [{"version":"demo-001","weight":50},{"version":"demo-002","weight":50}]"""));
    }

    @Test
    @Tag("HO-14")
    void aGrayVersionThatDoesNotStartGetsNoCall() throws Exception {
        byte[] broken = ServiceTar.of("package.json", "{\"scripts\":{\"start\":\"exit 3\"}}");

        Reply reply = server.deploy("demo", broken, "release=gray&weight=50");

        assertThat(reply.lastLine().getJsonObject("error").getString("code")).isEqualTo("VERSION_NOT_READY");
        assertThat(greetings(20)).containsExactly("one");
        assertThat(server.get(DEMO + "/versions").json().getJsonArray("versions"))
                .hasSize(1);
    }

    @Test
    @Tag("HO-10")
    void theWayBackSurvivesARestart() throws Exception {
        server.deploy("demo", ServiceTar.greeter("two"), "");
        assertThat(greetings(1)).containsExactly("two");
        server.close();
        server = ServerFixture.start(data);

        Reply back = server.send("POST", DEMO + "/rollback", "");

        assertThat(back.json()).isEqualTo(new JsonObject("""
                {"service":"demo","shares":[{"version":"demo-001","weight":100}]}"""));
        assertThat(greetings(5)).containsExactly("one");
        server.close();
        server = ServerFixture.start(data);
        assertThat(greetings(1)).containsExactly("one");
    }

    @Test
    @Tag("HO-9")
    void withoutAnyTrafficThereIsNoEndpoint() throws Exception {
        server.send("PUT", DEMO + "/release", "{\"shares\":[{\"version\":\"demo-001\",\"weight\":0}]}");

        assertThat(server.call("demo", "/", server.session("alice")).body()).contains("SERVICE_ENDPOINT_NOT_FOUND");
    }

    @Test
    void versionsTellTheirSettingsButNoSecrets() throws Exception {
        greetings(1);
        Reply reply = server.get(DEMO + "/versions");

        assertThat(reply.body()).doesNotContain("hush");
        JsonObject version = reply.json().getJsonArray("versions").getJsonObject(0);
        assertThat(version.getJsonObject("settings")).isEqualTo(new JsonObject("""
                        {"variables":["PASSWORD"],"idle":"90m","min":0,"max":3}"""));
        assertThat(version.getInteger("instances")).isEqualTo(1);
        assertThat(version.getInteger("weight")).isEqualTo(100);
        JsonObject instance =
                server.get(DEMO + "/instances").json().getJsonArray("instances").getJsonObject(0);
        assertThat(instance.getString("version")).isEqualTo("demo-001");
        assertThat(instance.getString("state")).isEqualTo("running");
        assertThat(ProcessHandle.of(instance.getLong("pid"))).isPresent();
    }

    /** Which greetings so many calls get. */
    private Set<String> greetings(int calls) throws Exception {
        String session = server.session("alice");
        Set<String> greetings = new TreeSet<>();
        for (int call = 0; call < calls; call++) {
            greetings.add(server.call("demo", "/", session).body().split(" ", 2)[0]);
        }
        return greetings;
    }
}
