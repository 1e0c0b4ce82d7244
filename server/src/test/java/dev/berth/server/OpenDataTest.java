package dev.berth.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.openapi.CloudIds;
import dev.berth.openapi.OpenDataAnswer;
import dev.berth.store.MasterKey;
import dev.berth.store.Store;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From the simulator's open-data button to what a service is told: encrypted by the one, decrypted by the other room. */
final class OpenDataTest {
    @TempDir
    private Path data;

    private static Reply post(ServerFixture server, URI uri, String session, JsonObject body) throws Exception {
        return Reply.of(server.raw(HttpRequest.newBuilder(uri)
                .header("content-type", "application/json")
                .header("X-Berth-Session", session)
                .POST(BodyPublishers.ofString(body.encode()))
                .build()));
    }

    private static JsonObject pressed(ServerFixture server, String user, String kind) throws Exception {
        JsonObject button =
                new JsonObject().put("appid", Defaults.APP).put("user", user).put("kind", kind);
        return post(server, server.door("simulator").resolve("/__sim__/open-data"), "none", button)
                .json();
    }

    private static Reply exchanged(ServerFixture server, String session, JsonObject detail) throws Exception {
        return post(server, server.door("gateway").resolve("/__berth__/open-data"), session, detail);
    }

    private static void addCarol(ServerFixture server) throws Exception {
        assertThat(server.send("POST", "/api/v1/users", "{\"name\":\"carol\",\"phone\":\"13800138000\"}")
                        .status())
                .isEqualTo(200);
    }

    private static String openid(ServerFixture server, String user) throws Exception {
        JsonArray users = server.get("/api/v1/users").json().getJsonArray("users");
        return users.stream()
                .map(JsonObject.class::cast)
                .filter(each -> each.getString("name").equals(user))
                .map(each -> each.getJsonObject("openids").getString(Defaults.APP))
                .findFirst()
                .orElseThrow();
    }

    /** As the server answers a service; of the data folder of a server that was stopped. */
    private JsonObject opened(String cloudId, String openid) {
        Path database = data.resolve("berth.db");
        MasterKey key = MasterKey.loadOrCreate(data.resolve("master.key"), database);
        try (Store store = Store.open(database, key, Clock.systemUTC())) {
            byte[] body = new JsonObject()
                    .put("cloudid_list", new JsonArray().add(cloudId))
                    .encode()
                    .getBytes(UTF_8);
            byte[] answer = new OpenDataAnswer(new CloudIds(store.signingKey("cloud-id")), Clock.systemUTC())
                    .answer(Defaults.APP, "openid=" + openid, body)
                    .orElseThrow();
            JsonArray list = new JsonObject(new String(answer, UTF_8)).getJsonArray("data_list");
            return new JsonObject(list.getJsonObject(0).getString("json"));
        }
    }

    @ParameterizedTest
    @CsvSource({"phoneNumber,purePhoneNumber", "weRun,stepInfoList", "userInfo,nickName"})
    @Tag("OA-30")
    @Tag("OA-31")
    void whatTheButtonGaveIsOpenedByTheService(String kind, String member) throws Exception {
        String cloudId;
        String openid;
        try (ServerFixture server = ServerFixture.start(data)) {
            addCarol(server);
            String session = server.session("carol");
            cloudId = exchanged(server, session, pressed(server, "carol", kind))
                    .json()
                    .getString("cloudID");
            openid = openid(server, "carol");
        }
        JsonObject item = opened(cloudId, openid);
        assertThat(item.getString("cloudID")).isEqualTo(cloudId);
        assertThat(item.getJsonObject("data").getValue(member)).isNotNull();
        assertThat(item.getJsonObject("data").getJsonObject("watermark").getString("appid"))
                .isEqualTo(Defaults.APP);
        assertThat(opened(cloudId, "o-somebody-else").getInteger("errCode")).isEqualTo(-601007);
    }

    @Test
    @Tag("OA-31")
    void dataOfAnotherSignInIsRefusedWithWhatToDo() throws Exception {
        try (ServerFixture server = ServerFixture.start(data)) {
            addCarol(server);
            String stale = server.session("carol");
            String session = server.session("carol");
            JsonObject detail = pressed(server, "carol", "phoneNumber");
            Reply refused = exchanged(server, stale, detail);
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.json().getInteger("errcode")).isEqualTo(-41003);
            assertThat(refused.json().getString("hint")).contains("Sign in again");
            assertThat(exchanged(server, session, detail).status()).isEqualTo(200);
            JsonObject profile = pressed(server, "carol", "userInfo");
            assertThat(exchanged(server, stale, profile).json().getInteger("errcode"))
                    .isEqualTo(87009);
        }
    }
}
