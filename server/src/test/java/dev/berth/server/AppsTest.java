package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AppsTest {
    private static final String OTHER = "wx2222222222222222";

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
    void aFirstStartHasTheDefaultAppAndEnvironment() throws Exception {
        assertThat(server.get("/api/v1/apps").json())
                .isEqualTo(new JsonObject("{\"apps\":[{\"id\":\"wx1111111111111111\",\"kind\":\"MINI_PROGRAM\"}]}"));
        assertThat(server.get(ServerFixture.SERVICES).json()).isEqualTo(new JsonObject("{\"services\":[]}"));
    }

    @Test
    void anAppThatWasPutIsListedWithoutItsSecretAndSignsIn() throws Exception {
        Reply put = server.send("PUT", "/api/v1/apps/" + OTHER, "{\"secret\":\"hush\",\"kind\":\"OFFICIAL_ACCOUNT\"}");

        assertThat(put.json()).isEqualTo(new JsonObject().put("id", OTHER).put("kind", "OFFICIAL_ACCOUNT"));
        assertThat(server.get("/api/v1/apps").body()).contains(OTHER).doesNotContain("hush");
        assertThat(server.send("POST", "/api/v1/sessions", "{\"app\":\"%s\"}".formatted(OTHER))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void anAppIdOfAnotherFormIsRefused() throws Exception {
        Reply reply = server.send("PUT", "/api/v1/apps/shop", "{\"secret\":\"hush\"}");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("INVALID_APPID");
    }

    @Test
    void anEnvironmentBelongsToOneApp() throws Exception {
        server.send("PUT", "/api/v1/apps/" + OTHER, "{\"secret\":\"hush\"}");

        Reply made = server.send("PUT", "/api/v1/environments/dev-01", "{\"app\":\"wx1111111111111111\"}");
        Reply again = server.send("PUT", "/api/v1/environments/dev-01", "{\"app\":\"wx1111111111111111\"}");
        Reply taken = server.send("PUT", "/api/v1/environments/dev-01", "{\"app\":\"%s\"}".formatted(OTHER));

        assertThat(made.json()).isEqualTo(new JsonObject().put("id", "dev-01").put("app", "wx1111111111111111"));
        assertThat(again.status()).isEqualTo(200);
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.code()).isEqualTo("ENV_TAKEN");
    }

    @Test
    void anEnvironmentNeedsAKnownAppAndAGoodName() throws Exception {
        Reply unknown = server.send("PUT", "/api/v1/environments/dev-01", "{\"app\":\"wx9999999999999999\"}");
        Reply badName = server.send("PUT", "/api/v1/environments/Dev%2F01", "{\"app\":\"wx1111111111111111\"}");
        Reply missing = server.send("PUT", "/api/v1/environments/dev-01", "{}");

        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.code()).isEqualTo("APP_UNKNOWN");
        assertThat(badName.status()).isEqualTo(400);
        assertThat(badName.code()).isEqualTo("INVALID_ENV_ID");
        assertThat(missing.message()).isEqualTo("app: missing in the body");
    }

    @Test
    void environmentsAreListedWithTheirGuests() throws Exception {
        server.send("PUT", "/api/v1/apps/" + OTHER, "{\"secret\":\"hush\"}");
        server.send("PUT", "/api/v1/environments/dev-01", "{\"app\":\"%s\"}".formatted(OTHER));
        server.send("PUT", "/api/v1/environments/prod-01/grants/" + OTHER, "");

        assertThat(server.get("/api/v1/environments").json()).isEqualTo(new JsonObject("""
                {"environments":[
                  {"id":"dev-01","app":"wx2222222222222222","grants":[],"services":0},
                  {"id":"prod-01","app":"wx1111111111111111","grants":["wx2222222222222222"],"services":0}]}"""));
    }

    @Test
    void aGrantIsGivenAndWithdrawnAsOftenAsOneLikes() throws Exception {
        server.send("PUT", "/api/v1/apps/" + OTHER, "{\"secret\":\"hush\"}");
        String grant = "/api/v1/environments/prod-01/grants/" + OTHER;
        JsonObject answer = new JsonObject().put("env", "prod-01").put("app", OTHER);

        for (String method : new String[] {"PUT", "PUT", "DELETE", "DELETE"}) {
            Reply reply = server.send(method, grant, "");
            assertThat(reply.status()).as(method).isEqualTo(200);
            assertThat(reply.json()).as(method).isEqualTo(answer);
        }
    }
}
