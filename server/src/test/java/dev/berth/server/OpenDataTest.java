package dev.berth.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From the simulator's open-data button to a service that asks {@code api.weixin.qq.com} for what is behind it. */
@Timeout(120)
final class OpenDataTest {
    private static final String GUEST = "wx2222222222222222";

    /** Asks in the name of its caller what the query says, and answers what it was answered. */
    private static final String SERVICE = """
            const http = require('http')
            http.createServer((request, response) => {
              if (request.url === '/headers') return response.end(JSON.stringify(request.headers))
              const query = new URL(request.url, 'http://here').searchParams
              const path = query.get('path').replace('OPENID', request.headers['x-wx-openid'] || request.headers['x-wx-from-openid'])
              const headers = { 'content-type': 'application/json' }
              const question = http.request({ host: 'api.weixin.qq.com', path, method: 'POST', headers },
                (answer) => answer.pipe(response))
              question.on('error', (error) => response.end(JSON.stringify({ error: String(error) })))
              question.end(query.get('body'))
            }).listen(process.env.PORT)
            """;

    @TempDir
    private Path data;

    @BeforeEach
    void deploy() throws Exception {
        try (ServerFixture server = ServerFixture.start(data)) {
            assertThat(server.send("POST", "/api/v1/users", "{\"name\":\"carol\",\"phone\":\"13800138000\"}")
                            .status())
                    .isEqualTo(200);
            server.deploy(
                    "demo",
                    ServiceTar.of("package.json", "{\"scripts\":{\"start\":\"node index.js\"}}", "index.js", SERVICE),
                    "");
            server.send(
                    "PUT",
                    "/api/v1/environments/prod-01/cloud-call/paths",
                    "{\"paths\":[\"/wxa/getopendata\",\"/wxa/business/getuserphonenumber\"]}");
        }
    }

    private static Reply post(ServerFixture server, URI uri, String session, JsonObject body) throws Exception {
        return Reply.of(server.raw(HttpRequest.newBuilder(uri)
                .header("content-type", "application/json")
                .header("X-Berth-Session", session)
                .POST(BodyPublishers.ofString(body.encode()))
                .build()));
    }

    private static JsonObject pressed(ServerFixture server, String user, String kind) throws Exception {
        return pressed(server, Defaults.APP, user, kind);
    }

    private static JsonObject pressed(ServerFixture server, String app, String user, String kind) throws Exception {
        JsonObject button = new JsonObject().put("appid", app).put("user", user).put("kind", kind);
        return post(server, server.door("simulator").resolve("/__sim__/open-data"), "none", button)
                .json();
    }

    private static Reply exchanged(ServerFixture server, String session, JsonObject detail) throws Exception {
        return post(server, server.door("gateway").resolve("/__berth__/open-data"), session, detail);
    }

    private static JsonObject asked(ServerFixture server, String session, String path, JsonObject body)
            throws Exception {
        String query = "/?path=%s&body=%s".formatted(encoded(path), encoded(body.encode()));
        return server.call("demo", query, session).json();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    /** As the service of the user of this session opens it. */
    private static JsonObject opened(ServerFixture server, String session, String cloudId) throws Exception {
        JsonObject list = new JsonObject().put("cloudid_list", new JsonArray().add(cloudId));
        JsonObject answer = asked(server, session, "/wxa/getopendata?openid=OPENID", list);
        return new JsonObject(answer.getJsonArray("data_list").getJsonObject(0).getString("json"));
    }

    @ParameterizedTest
    @CsvSource({"phoneNumber,purePhoneNumber", "weRun,stepInfoList", "userInfo,nickName"})
    @Tag("OA-30")
    @Tag("OA-31")
    void aServiceOpensWhatTheButtonGaveToItsUserOverARestartToo(String kind, String member) throws Exception {
        String cloudId;
        try (ServerFixture server = ServerFixture.start(data)) {
            String session = server.session("carol");
            cloudId = exchanged(server, session, pressed(server, "carol", kind))
                    .json()
                    .getString("cloudID");
        }
        try (ServerFixture server = ServerFixture.start(data)) {
            JsonObject item = opened(server, server.session("carol"), cloudId);
            assertThat(item.getString("cloudID")).isEqualTo(cloudId);
            assertThat(item.getJsonObject("data").getValue(member)).isNotNull();
            assertThat(item.getJsonObject("data").getJsonObject("watermark").getString("appid"))
                    .isEqualTo(Defaults.APP);
            assertThat(opened(server, server.session("alice"), cloudId).getInteger("errCode"))
                    .isEqualTo(-601007);
        }
    }

    @Test
    @Tag("OA-30")
    @Tag("OA-32")
    void whatIsNotBerthsIsAnsweredByWeChat() throws Exception {
        try (ServerFixture server = ServerFixture.start(data)) {
            String session = server.session("carol");
            JsonObject detail = pressed(server, "carol", "phoneNumber");
            assertThat(opened(server, session, detail.getString("cloudID"))
                            .getJsonObject("data")
                            .getString("phoneNumber"))
                    .isEqualTo("13800138000");
            JsonObject code = new JsonObject().put("code", detail.getString("code"));
            String path = "/wxa/business/getuserphonenumber";
            assertThat(asked(server, session, path, code)
                            .getJsonObject("phone_info")
                            .getString("phoneNumber"))
                    .isEqualTo("13800138000");
            assertThat(asked(server, session, path, code).getInteger("errcode")).isEqualTo(40029);
        }
    }

    @Test
    @Tag("OA-31")
    void dataOfAnotherSignInIsRefusedWithWhatToDo() throws Exception {
        try (ServerFixture server = ServerFixture.start(data)) {
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

    @Test
    @Tag("CH-130")
    @Tag("OA-14")
    @Tag("OA-30")
    void anAppThatUsesTheEnvironmentNamesItselfWithFromAppid() throws Exception {
        try (ServerFixture server = ServerFixture.start(data)) {
            server.send("PUT", "/api/v1/apps/" + GUEST, "{\"secret\":\"hush\"}");
            server.send("PUT", "/api/v1/environments/prod-01/grants/" + GUEST, "");
            JsonObject carol = new JsonObject().put("user", "carol").put("app", GUEST);
            String session = server.send("POST", "/api/v1/sessions", carol.encode())
                    .json()
                    .getString("session");
            JsonObject detail = pressed(server, GUEST, "carol", "phoneNumber");
            String cloudId = exchanged(server, session, detail).json().getString("cloudID");
            assertThat(openedInShared(server, session, cloudId, "&from_appid=" + GUEST)
                            .getJsonObject("data")
                            .getString("phoneNumber"))
                    .isEqualTo("13800138000");
            assertThat(openedInShared(server, session, cloudId, "").getInteger("errCode"))
                    .isEqualTo(-601007);
        }
    }

    private static JsonObject openedInShared(ServerFixture server, String session, String cloudId, String fromApp)
            throws Exception {
        JsonObject list = new JsonObject().put("cloudid_list", new JsonArray().add(cloudId));
        String target = "/?path=%s&body=%s"
                .formatted(encoded("/wxa/getopendata?openid=OPENID" + fromApp), encoded(list.encode()));
        Reply reply = Reply.of(
                server.raw(HttpRequest.newBuilder(server.door("gateway").resolve(target))
                        .header("X-WX-ENV", Defaults.ENVIRONMENT)
                        .header("X-WX-SERVICE", "demo")
                        .header("X-WX-RESOURCE-APPID", Defaults.APP)
                        .header("X-Berth-Session", session)
                        .build()));
        return new JsonObject(
                reply.json().getJsonArray("data_list").getJsonObject(0).getString("json"));
    }

    @Test
    @Tag("CH-49")
    void theTokenOfACallIsThereOnceItsEnvironmentHasTokensOn() throws Exception {
        try (ServerFixture server = ServerFixture.start(data)) {
            String session = server.session("carol");
            String header = "x-wx-cloudbase-access-token";
            assertThat(server.call("demo", "/headers", session).json().containsKey(header))
                    .isFalse();
            server.send("PUT", "/api/v1/environments/prod-01/cloud-call", "{\"tokens\":true}");
            assertThat(server.call("demo", "/headers", session).json().getString(header))
                    .isNotEmpty();
        }
    }
}
