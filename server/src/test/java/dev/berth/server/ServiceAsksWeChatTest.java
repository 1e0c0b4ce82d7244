package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A service that runs under a whole server asks WeChat, which is simulated, for something. */
@Timeout(120)
final class ServiceAsksWeChatTest {
    private static final String CHECK = "/wxa/msg_sec_check";
    private static final String PATHS = "/api/v1/environments/prod-01/cloud-call/paths";
    private static final String SETTINGS = "/api/v1/environments/prod-01/cloud-call";
    private static final String LISTED = "{\"paths\":[\"/wxa/msg_sec_check\"]}";

    @TempDir
    private Path data;

    @Test
    void withoutATokenOnceThePathIsListed() throws Exception { // OA-1, OA-2, OA-3, OA-15, OA-25
        try (ServerFixture server = start(Map.of())) {
            JsonObject refused = ask(server, CHECK);
            assertThat(refused.getInteger("status")).isEqualTo(200);
            assertThat(errcode(refused)).isEqualTo(85107);
            assertThat(refused.getString("reason")).contains("berth permissions add " + CHECK);
            assertThat(refused.getString("seqid")).isNotEmpty();
            await().untilAsserted(
                            () -> assertThat(server.get(ServerFixture.SERVICES + "/demo/logs")
                                            .body())
                                    .contains(
                                            "[berth] POST /wxa/msg_sec_check was refused (85107): /wxa/msg_sec_check is not in the permission"
                                                    + " list of environment prod-01; add it: berth permissions add /wxa/msg_sec_check --env prod-01"));

            server.send("PUT", PATHS, LISTED);
            JsonObject answered = ask(server, CHECK);
            assertThat(errcode(answered)).isZero();
            assertThat(answered.getString("seqid")).isNotEmpty();
            assertThat(answered.containsKey("reason")).isFalse();

            server.send("DELETE", PATHS, LISTED);
            assertThat(errcode(ask(server, CHECK))).isEqualTo(85107);
        }
    }

    @Test
    void withTheSwitchOffItLooksAsIfNobodyHadAddedAToken() throws Exception { // OA-18
        try (ServerFixture server = start(Map.of())) {
            server.send("PUT", SETTINGS, "{\"on\":false,\"paths\":[\"/*\"]}");

            JsonObject refused = ask(server, CHECK);

            assertThat(errcode(refused)).isEqualTo(41001);
            assertThat(refused.containsKey("seqid")).isFalse();
            assertThat(refused.getString("reason")).contains("berth permissions on");
        }
    }

    @Test
    void anotherAppNeedsAGrant() throws Exception { // OA-12, OA-13, OA-20
        try (ServerFixture server = start(Map.of())) {
            server.send("PUT", PATHS, LISTED);
            server.send("PUT", "/api/v1/apps/wx2222222222222222", "{\"secret\":\"hush\"}");
            assertThat(errcode(ask(server, CHECK + "?from_appid=wx2222222222222222")))
                    .isEqualTo(85105);

            server.send("PUT", "/api/v1/environments/prod-01/grants/wx2222222222222222", "");

            assertThat(errcode(ask(server, CHECK + "?from_appid=wx2222222222222222")))
                    .isZero();
            assertThat(calls(server, "?limit=1").getJsonObject(0).getString("app"))
                    .isEqualTo("wx2222222222222222");
        }
    }

    @Test
    void everyCallIsKeptAndCountedAndTheReasonIsThere() throws Exception {
        try (ServerFixture server = start(Map.of())) {
            ask(server, CHECK);
            server.send("PUT", PATHS, LISTED);
            ask(server, CHECK + "?secret=hush");

            JsonArray calls = calls(server, "?env=prod-01&service=demo");
            assertThat(calls).hasSize(2);
            JsonObject latest = calls.getJsonObject(0);
            assertThat(latest.getString("asker")).startsWith("demo-001-");
            assertThat(latest.getString("version")).isEqualTo("demo-001");
            assertThat(latest.getString("path")).isEqualTo(CHECK);
            assertThat(latest.getString("app")).isEqualTo(Defaults.APP);
            assertThat(latest.getInteger("tries")).isOne();
            assertThat(latest.containsKey("reason")).isFalse();
            assertThat(calls.getJsonObject(1).getInteger("errcode")).isEqualTo(85107);
            assertThat(calls.getJsonObject(1).getInteger("tries")).isZero();
            assertThat(calls.getJsonObject(1).getString("reason")).contains("not in the permission list");
            assertThat(calls.encode()).doesNotContain("hush");
            assertThat(calls(server, "?service=other")).isEmpty();
            assertThat(calls(server, "?env=prod-01&after=" + latest.getLong("id")))
                    .isEmpty();
            assertThat(MetricsTest.metrics(server))
                    .contains(
                            "berth_open_api_calls_total{environment=\"prod-01\",outcome=\"refused\",service=\"demo\"} 1.0")
                    .contains("berth_open_api_calls_total{environment=\"prod-01\",outcome=\"ok\",service=\"demo\"} 1.0")
                    .contains("berth_access_token_renewals_total{app=\"wx1111111111111111\",outcome=\"ok\"} 1.0")
                    .contains("berth_open_api_call_duration_seconds_count{environment=\"prod-01\",service=\"demo\"} 1");
        }
    }

    @Test
    void theSwitchOfTheConfigurationChoosesTheRefusal() throws Exception { // CF-11, OA-16
        try (ServerFixture server = start(Map.of("BERTH_COMPAT_OPENAPI_DENY", "502"))) {
            assertThat(ask(server, CHECK).getInteger("status")).isEqualTo(502);
        }
    }

    @Test
    void withoutAddressesOfItsOwnTheProxyIsEnough() throws Exception {
        try (ServerFixture server = start(Map.of("BERTH_INWARD_OWN_ADDRESSES", "false"))) {
            server.send("PUT", PATHS, LISTED);
            JsonObject way = server.get("/api/v1/status").json().getJsonObject("cloudCall");
            assertThat(way.getBoolean("byAddress")).isFalse();
            assertThat(way.getString("reason")).isNotBlank();

            assertThat(errcode(ask(server, "proxy" + CHECK))).isZero();
        }
    }

    private ServerFixture start(Map<String, String> environment) throws Exception {
        ServerFixture server = ServerFixture.start(ConfigFile.withEnvironment(ServerFixture.config(data), environment));
        server.deploy(
                "demo",
                ServiceTar.of("package.json", "{\"scripts\":{\"start\":\"node index.js\"}}", "index.js", """
                const http = require('http')
                const body = JSON.stringify({ content: 'hello' })
                const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
                function options (target) {
                  if (!target.startsWith('proxy')) return { host: 'api.weixin.qq.com', path: target }
                  const proxy = new URL(process.env.http_proxy)
                  headers['proxy-authorization'] = 'Basic ' +
                    Buffer.from(decodeURIComponent(proxy.username) + ':' + proxy.password).toString('base64')
                  headers.host = 'api.weixin.qq.com'
                  return { host: proxy.hostname, port: proxy.port, path: 'http://api.weixin.qq.com' + target.slice(5) }
                }
                http.createServer((request, response) => {
                  const target = new URL(request.url, 'http://here').searchParams.get('target')
                  const question = http.request({ ...options(target), method: 'POST', headers }, (answer) => {
                    let text = ''
                    answer.on('data', (chunk) => { text += chunk })
                    answer.on('end', () => response.end(JSON.stringify({
                      status: answer.statusCode, seqid: answer.headers['x-openapi-seqid'],
                      reason: answer.headers['x-berth-reason'], body: text })))
                  })
                  question.on('error', (error) => response.end(JSON.stringify({ error: String(error) })))
                  question.end(body)
                }).listen(process.env.PORT)
                """),
                "");
        return server;
    }

    private static JsonObject ask(ServerFixture server, String target) throws Exception {
        String encoded = URLEncoder.encode(target, StandardCharsets.UTF_8);
        Reply reply = server.call("demo", "/?target=" + encoded, server.session("alice"));
        assertThat(reply.body()).startsWith("{").doesNotContain("\"error\"");
        return reply.json();
    }

    private static int errcode(JsonObject answer) {
        return new JsonObject(answer.getString("body")).getInteger("errcode");
    }

    private static JsonArray calls(ServerFixture server, String query) throws Exception {
        return server.get("/api/v1/open-api-calls" + query).json().getJsonArray("calls");
    }
}
