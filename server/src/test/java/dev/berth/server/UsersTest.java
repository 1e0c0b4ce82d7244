package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UsersTest {
    @TempDir
    private Path data;

    @Test
    void aFirstStartHasAliceAndBob() throws Exception {
        try (ServerFixture server = ServerFixture.start(data)) {
            assertThat(names(server)).containsExactly("alice", "bob");
        }
    }

    @Test
    void aUserThatWasAddedSignsIn() throws Exception {
        try (ServerFixture server = ServerFixture.start(data)) {
            Reply added = server.send("POST", "/api/v1/users", "{\"name\":\"carol\",\"phone\":\"13800138000\"}");

            assertThat(added.status()).isEqualTo(200);
            assertThat(added.json().getString("name")).isEqualTo("carol");
            assertThat(names(server)).containsExactly("alice", "bob", "carol");
            Reply session = server.send("POST", "/api/v1/sessions", "{\"user\":\"carol\"}");
            assertThat(session.json().getString("session")).isNotEmpty();
            assertThat(session.json().getInteger("expiresIn")).isEqualTo(7200);
        }
    }

    @Test
    void theSimulatorsRefusalsComeThroughWithTheirStatus() throws Exception {
        try (ServerFixture server = ServerFixture.start(data)) {
            refused(server.send("POST", "/api/v1/users", "{\"name\":\"alice\"}"), 409, "USER_TAKEN");
            refused(server.send("POST", "/api/v1/users", "{\"name\":\"Not A Name\"}"), 400, "REQUEST_INVALID");
            refused(server.send("POST", "/api/v1/users", "{}"), 400, "REQUEST_INVALID");
            Reply unknown = server.send("POST", "/api/v1/sessions", "{\"user\":\"mallory\"}");
            refused(unknown, 404, "USER_UNKNOWN");
            assertThat(unknown.error().getString("hint"))
                    .isEqualTo("Add the user with ./berth users add mallory, or name a known one.");
            Reply inbox = server.get("/api/v1/simulator/users/mallory/inbox");
            refused(inbox, 404, "USER_UNKNOWN");
            assertThat(inbox.error().getString("hint"))
                    .isEqualTo("Add the user with ./berth users add mallory, or name a known one.");
            refused(server.send("POST", "/api/v1/sessions", "{\"app\":\"wx9999999999999999\"}"), 404, "APP_UNKNOWN");
        }
    }

    @Test
    void withoutTheSimulatorThereAreNoUsers() throws Exception {
        try (ServerFixture server = ServerFixture.start(ServerFixture.withoutSimulator(data))) {
            refused(server.get("/api/v1/users"), 409, "SIMULATOR_OFF");
            refused(server.send("POST", "/api/v1/users", "{\"name\":\"carol\"}"), 409, "SIMULATOR_OFF");
            refused(server.send("POST", "/api/v1/sessions", "{}"), 409, "SIMULATOR_OFF");
            assertThat(server.get("/api/v1/apps").json()).isEqualTo(new JsonObject("{\"apps\":[]}"));
        }
    }

    private static void refused(Reply reply, int status, String code) {
        assertThat(List.of(reply.status(), reply.code(), reply.error().containsKey("requestId")))
                .isEqualTo(List.of(status, code, true));
    }

    static List<String> names(ServerFixture server) throws IOException, InterruptedException {
        JsonArray users = server.get("/api/v1/users").json().getJsonArray("users");
        return users.stream().map(user -> ((JsonObject) user).getString("name")).toList();
    }
}
