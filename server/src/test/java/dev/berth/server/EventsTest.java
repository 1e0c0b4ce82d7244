package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EventsTest {
    @TempDir
    private Path data;

    @Test
    void everyChangeIsToldWithWhoMadeIt() throws Exception {
        try (ServerFixture server = ServerFixture.start(data)) {
            as(server, "alice@laptop", "PUT", "/api/v1/apps/wx2222222222222222", "{\"secret\":\"hush\"}");
            as(server, "", "PUT", "/api/v1/environments/dev-01", "{\"app\":\"wx2222222222222222\"}");
            as(server, "bob\u00e4\tx", "PUT", "/api/v1/environments/prod-01/grants/wx2222222222222222", "");
            as(server, "y".repeat(500), "DELETE", "/api/v1/environments/prod-01/grants/wx2222222222222222", "");
            server.send("POST", "/api/v1/users", "{\"name\":\"carol\"}");

            assertThat(events(server, "?limit=6"))
                    .containsExactly(
                            "user_added carol: to the simulated WeChat (operator)",
                            "grant_withdrawn wx2222222222222222: may no longer call this environment (operator:"
                                    + "y".repeat(64) + ")",
                            "grant_added wx2222222222222222: may call this environment (operator:bob??x)",
                            "environment_put dev-01: of app wx2222222222222222 (operator)",
                            "app_put wx2222222222222222: MINI_PROGRAM (operator:alice@laptop)",
                            "server_started server: Berth 0.1.0, pid %d (berth)"
                                    .formatted(ProcessHandle.current().pid()));
            assertThat(server.get("/api/v1/events").body()).doesNotContain("hush");
        }
    }

    @Test
    void theLifeOfAServiceIsTold() throws Exception {
        try (ServerFixture server = ServerFixture.start(data)) {
            server.deploy("demo", ServiceTar.greeter("one"), "");
            server.deploy("demo", ServiceTar.greeter("one"), ""); // nothing new, nothing told
            server.deploy("demo", ServiceTar.of("readme", "nothing to start"), "");
            server.deploy("demo", ServiceTar.greeter("two"), "release=gray&weight=20");
            server.send("POST", ServerFixture.SERVICES + "/demo/rollback", "");
            server.send("DELETE", ServerFixture.SERVICES + "/demo/versions/demo-002", "");
            server.send(
                    "PUT",
                    ServerFixture.SERVICES + "/demo/release",
                    "{\"shares\":[{\"version\":\"demo-001\",\"weight\":0}]}");
            server.send("DELETE", ServerFixture.SERVICES + "/demo", "");

            List<String> told = events(server, "?service=demo").stream()
                    .filter(event -> event.endsWith("(operator)"))
                    .toList();
            assertThat(told.reversed())
                    .satisfiesExactly(
                            event -> assertThat(event).startsWith("version_deployed demo-001: all traffic"),
                            event -> assertThat(event).startsWith("deployment_failed demo: "),
                            event -> assertThat(event).startsWith("version_deployed demo-002: gray, 20 %"),
                            event -> assertThat(event).startsWith("rolled_back demo: demo-001 100 %"),
                            event -> assertThat(event).startsWith("version_removed demo-002"),
                            event -> assertThat(event).startsWith("release_changed demo: demo-001 0 %"),
                            event -> assertThat(event).startsWith("service_removed demo"));
        }
    }

    @Test
    void whatIsAskedForIsAnswered() throws Exception {
        try (ServerFixture server = ServerFixture.start(data)) {
            server.send("POST", "/api/v1/users", "{\"name\":\"carol\"}");
            server.send("POST", "/api/v1/users", "{\"name\":\"dora\"}");
            server.deploy("demo", ServiceTar.greeter("one"), "");

            assertThat(events(server, "?kind=user_added")).hasSize(2);
            assertThat(events(server, "?kind=user_added&limit=1"))
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains("dora");
            assertThat(events(server, "?service=other")).isEmpty();
            long newest = server.get("/api/v1/events?limit=1")
                    .json()
                    .getJsonArray("events")
                    .getJsonObject(0)
                    .getLong("id");
            assertThat(events(server, "?after=" + newest)).isEmpty();
            assertThat(events(server, "?after=" + (newest - 1))).hasSize(1);
        }
    }

    @Test
    void eventsOutliveTheServerAndItsEndIsTold() throws Exception {
        try (ServerFixture server = ServerFixture.start(data)) {
            server.deploy("demo", ServiceTar.greeter("one"), "");
            server.call("demo", "/", server.session("alice"));
            server.send("POST", "/api/v1/shutdown", "");
            await().until(server.server().shutdownAsked()::isDone);
        }
        try (ServerFixture server = ServerFixture.start(data)) {
            assertThat(events(server, ""))
                    .anyMatch(event -> event.startsWith("instance_started demo-001-"))
                    .anyMatch(event -> event.startsWith("instance_stopped demo-001-"))
                    .contains("server_stopping server: asked to (operator)")
                    .doesNotContain("server_stopping server: by a signal or a Ctrl-C (berth)");
        }
        try (ServerFixture server = ServerFixture.start(data)) {
            assertThat(events(server, "")).contains("server_stopping server: by a signal or a Ctrl-C (berth)");
        }
    }

    private static void as(ServerFixture server, String actor, String method, String path, String body)
            throws Exception {
        Reply reply = Reply.of(server.raw(server.authorised(path)
                .header(OperatorEvents.ACTOR_HEADER, actor)
                .method(method, BodyPublishers.ofString(body))
                .build()));
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    }

    private static List<String> events(ServerFixture server, String query) throws Exception {
        return server.get("/api/v1/events" + query).json().getJsonArray("events").stream()
                .map(JsonObject.class::cast)
                .map(event -> "%s %s: %s (%s)"
                        .formatted(
                                event.getString("kind"),
                                event.getString("subject"),
                                event.getString("reason"),
                                event.getString("actor")))
                .toList();
    }
}
