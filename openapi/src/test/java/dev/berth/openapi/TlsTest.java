package dev.berth.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.AccessToken;
import dev.berth.openapi.World.Told;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.JksOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("OA-1")
class TlsTest {
    private static final String PASSWORD = "changeit";

    private final Vertx vertx = Vertx.vertx();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        System.clearProperty("javax.net.ssl.trustStore");
        vertx.close().await();
    }

    @Test
    void speaksTlsWithWhoProvesToBeWeChat() throws Exception {
        Path keys = keys("ip:127.0.0.1");
        System.setProperty("javax.net.ssl.trustStore", keys.toString());

        assertThat(ask(keys).body()).hasToString("{\"errcode\":0}");
    }

    @Test
    void sendsNothingToWhoProvesToBeSomebodyElse() throws Exception {
        Path keys = keys("dns:api.example.com");
        System.setProperty("javax.net.ssl.trustStore", keys.toString());

        assertThat(ask(keys).refusal().reason()).contains("cannot be reached (SSLHandshakeException)");
    }

    @Test
    void sendsNothingToWhoProvesNothing() throws Exception {
        assertThat(ask(keys("ip:127.0.0.1")).refusal().reason()).contains("cannot be reached (SSLHandshakeException)");
    }

    private Told ask(Path keys) {
        HttpServer server = vertx.createHttpServer(new HttpServerOptions()
                        .setSsl(true)
                        .setKeyCertOptions(
                                new JksOptions().setPath(keys.toString()).setPassword(PASSWORD)))
                .requestHandler(request -> request.response()
                        .putHeader("content-type", "application/json")
                        .end("{\"errcode\":0}"))
                .listen(0, "127.0.0.1")
                .await();
        MemoryTokens tokens = new MemoryTokens();
        try (World world =
                new World(vertx, PipelineOptions.of(URI.create("https://127.0.0.1:" + server.actualPort())), tokens)) {
            tokens.put(
                    World.OWNER,
                    "test",
                    new AccessToken("T", world.wall(), world.wall().plusSeconds(7200)));
            return world.get(World.LISTED);
        }
    }

    private Path keys(String name) throws IOException, InterruptedException {
        Path keys = folder.resolve("keys");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "weixin",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=test",
                        "-ext",
                        "san=" + name,
                        "-keystore",
                        keys.toString(),
                        "-storepass",
                        PASSWORD,
                        "-storetype",
                        "JKS",
                        "-keypass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor()).isZero();
        return keys;
    }
}
