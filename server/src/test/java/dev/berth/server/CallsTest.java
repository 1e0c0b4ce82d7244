package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CallsTest {
    @TempDir
    private Path data;

    @Test
    void aSessionOfTheManagementDoorWorksOnTheGatewayAndItsCallsAreListed() throws Exception {
        try (ServerFixture server = ServerFixture.start(data)) {
            server.deploy("demo", ServiceTar.greeter("hello"), "");
            String alice = server.session("alice");

            Reply first = server.call("demo", "/first?x=1", alice);
            Reply bob = server.call("demo", "/second", server.session("bob"));
            Reply refused = server.call("nobody", "/third", alice);

            assertThat(first.body()).startsWith("hello o");
            assertThat(bob.body()).startsWith("hello o").isNotEqualTo(first.body());
            assertThat(refused.body()).contains("-501000");
            JsonArray calls = server.get("/api/v1/calls").json().getJsonArray("calls");
            assertThat(calls.stream().map(call -> ((JsonObject) call).getString("path")))
                    .containsExactly("/third", "/second", "/first");
            assertThat(calls.getJsonObject(0).getString("outcome")).isEqualTo("-501000");
            assertThat(calls.getJsonObject(0).getString("reason")).contains("X-WX-SERVICE: nobody");
            assertThat(calls.getJsonObject(0).containsKey("version")).isFalse();
            assertThat(calls.getJsonObject(2).fieldNames())
                    .containsExactlyInAnyOrderElementsOf(List.of(
                            "callId",
                            "at",
                            "method",
                            "path",
                            "environment",
                            "kind",
                            "service",
                            "version",
                            "status",
                            "outcome",
                            "cold",
                            "queueMillis",
                            "totalMillis"));
            assertThat(calls.getJsonObject(2).getString("kind")).isEqualTo("service");
            assertThat(calls.getJsonObject(2).getString("version")).isEqualTo("demo-001");
            assertThat(calls.getJsonObject(2).getBoolean("cold")).isTrue();
            assertThat(calls.getJsonObject(1).getBoolean("cold")).isFalse();
            assertThat(server.get("/api/v1/calls?limit=1").json().getJsonArray("calls"))
                    .hasSize(1);
        }
    }
}
