package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server that is used, rightly and wrongly, says nothing secret in its log, its metrics and its configuration. */
final class SecretsTest {
    private static final String APP_SECRET = "appSecret0123456789abcdef0123456";
    private static final String SESSION_KEY = "c2Vzc2lvbktleUtleUtleQ==";
    private static final String VARIABLE = "variableOfAService987";
    private static final String PHONE = "13800138000";
    private static final String QUERY = "queryOfACall654";

    private final List<Handler> handlers = List.of(Logger.getLogger("").getHandlers());

    @TempDir
    private Path data;

    @AfterEach
    void putBack() {
        ServerLog.close();
        handlers.forEach(Logger.getLogger("")::addHandler);
    }

    @ParameterizedTest
    @EnumSource(LogFormat.class)
    void nothingSecretIsTold(LogFormat format) throws Exception {
        ServerLog.open(data, new ServerConfig.Logs(format, DataSize.ofMebibytes(10), 2, DataSize.ofMebibytes(10)));
        HttpServer weChat = weChat();
        Map<String, String> variables = Map.of(
                "BERTH_WECHAT_BASE_URL",
                "http://127.0.0.1:" + weChat.getAddress().getPort());
        try (ServerFixture server =
                ServerFixture.start(ConfigFile.withEnvironment(ServerFixture.config(data), variables))) {
            String session = use(server);
            weChat.stop(0);
            signIn(server, "afterTheEnd");
            String told =
                    MetricsTest.metrics(server) + server.get("/api/v1/config").body() + log();

            assertThat(told).contains("SESSION_INVALID").contains("prod-01").contains("-501000");
            for (String secret : List.of(
                    APP_SECRET,
                    SESSION_KEY,
                    VARIABLE,
                    PHONE,
                    QUERY,
                    server.token(),
                    session,
                    session.split("\\.", -1)[0])) {
                assertThat(told).doesNotContain(secret);
            }
        } finally {
            weChat.stop(0);
        }
    }

    /** @return a session */
    private static String use(ServerFixture server) throws Exception {
        server.send(
                "PUT",
                "/api/v1/apps/" + Defaults.APP,
                new JsonObject()
                        .put("secret", APP_SECRET)
                        .put("kind", "MINI_PROGRAM")
                        .encode());
        server.send(
                "POST",
                "/api/v1/users",
                new JsonObject().put("name", "carol").put("phone", PHONE).encode());
        server.deploy("demo", ServiceTar.greeter("hello"), "env=SECRET=" + VARIABLE);
        server.deploy(
                "broken", ServiceTar.of("index.js", "process.exit(1)"), "command=node+index.js&env=S=" + VARIABLE);
        String session = new JsonObject(signIn(server, "good")).getString("session");
        assertThat(server.call("demo", "/?key=" + QUERY, session).body()).startsWith("hello");
        server.call("broken", "/?key=" + QUERY, session);
        server.call("nobody", "/?key=" + QUERY, session);
        server.call("demo", "/?key=" + QUERY, session + "x");
        signIn(server, "refused");
        signIn(server, "nonsense");
        server.raw(server.request("/api/v1/status")
                .header("Authorization", "Bearer " + server.token() + "x")
                .build());
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(server.get("/api/v1/calls").body()).contains("40001"));
        return session;
    }

    private static String signIn(ServerFixture server, String code) throws Exception {
        String body =
                new JsonObject().put("appid", Defaults.APP).put("code", code).encode();
        HttpResponse<String> answer =
                server.raw(HttpRequest.newBuilder(server.door("gateway").resolve("/__berth__/sessions"))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build());
        return answer.body();
    }

    /** Signs everybody in with a session key that this test knows, except who comes with a bad code. */
    private static HttpServer weChat() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String query = String.valueOf(exchange.getRequestURI().getQuery());
            String answer = query.contains("nonsense")
                    ? "<html>" + query
                    : query.contains("refused")
                            ? "{\"errcode\":40029,\"errmsg\":\"invalid code\"}"
                            : "{\"openid\":\"oPerson\",\"session_key\":\"%s\"}".formatted(SESSION_KEY);
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        return server;
    }

    private String log() throws IOException {
        List.of(Logger.getLogger("").getHandlers()).forEach(Handler::flush);
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.list(data.resolve("logs"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file));
            }
        }
        assertThat(all).isNotEmpty();
        return all.toString();
    }
}
