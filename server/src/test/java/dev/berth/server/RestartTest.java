package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RestartTest {
    private static final String OTHER = "wx2222222222222222";

    @TempDir
    private Path data;

    @Test
    void whatWasAcknowledgedIsThereAfterARestart() throws Exception {
        String session;
        String greeting;
        String token;
        try (ServerFixture server = ServerFixture.start(data)) {
            server.send("PUT", "/api/v1/apps/" + OTHER, "{\"secret\":\"hush\"}");
            server.send("PUT", "/api/v1/environments/dev-01", "{\"app\":\"%s\"}".formatted(OTHER));
            server.send("POST", "/api/v1/users", "{\"name\":\"carol\"}");
            server.deploy("demo", ServiceTar.greeter("hello"), "");
            session = server.session("carol");
            greeting = server.call("demo", "/", session).body();
            token = server.token();
        }

        try (ServerFixture server = ServerFixture.start(data)) {
            assertThat(server.token()).isEqualTo(token);
            assertThat(server.get("/api/v1/apps").body()).contains(OTHER);
            assertThat(server.get("/api/v1/environments/dev-01/services").status())
                    .isEqualTo(200);
            assertThat(UsersTest.names(server)).containsExactly("alice", "bob", "carol");
            assertThat(greeting).startsWith("hello o");
            assertThat(server.call("demo", "/", session).body()).isEqualTo(greeting);
            assertThat(server.send("POST", "/api/v1/sessions", "{\"app\":\"%s\"}".formatted(OTHER))
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void aUserThatWasRemovedStaysRemoved() throws Exception {
        try (ServerFixture server = ServerFixture.start(data)) {
            HttpRequest removal = HttpRequest.newBuilder(
                            server.door("simulator").resolve("/__sim__/users/alice"))
                    .DELETE()
                    .build();
            assertThat(server.raw(removal).statusCode()).isEqualTo(204);
        }

        try (ServerFixture server = ServerFixture.start(data)) {
            assertThat(UsersTest.names(server)).containsExactly("bob");
        }
    }

    @Test
    void aServerWithoutTheSimulatorSeedsNothing() throws Exception {
        try (ServerFixture server = ServerFixture.start(ServerFixture.withoutSimulator(data))) {
            assertThat(server.get("/api/v1/environments/prod-01/services").code())
                    .isEqualTo("ENV_UNKNOWN");
            assertThat(server.server().description().getJsonObject("doors").fieldNames())
                    .containsExactly("gateway", "management", "inward");
        }
    }

    /** An app from before the simulator was on is known to it all the same. */
    @Test
    void theSimulatorGetsToKnowEveryApp() throws Exception {
        try (ServerFixture server = ServerFixture.start(ServerFixture.withoutSimulator(data))) {
            server.send("PUT", "/api/v1/apps/" + OTHER, "{\"secret\":\"hush\"}");
        }

        try (ServerFixture server = ServerFixture.start(data)) {
            server.send("POST", "/api/v1/users", "{\"name\":\"dora\"}");
            assertThat(server.send("POST", "/api/v1/sessions", "{\"app\":\"%s\",\"user\":\"dora\"}".formatted(OTHER))
                            .status())
                    .isEqualTo(200);
        }
    }
}
