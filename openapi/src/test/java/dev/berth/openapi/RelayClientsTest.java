package dev.berth.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.openapi.RelayFixture.Inside;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HTTP clients that Berth did not write, as they are. */
@Tag("OA-1")
@Tag("OA-2")
class RelayClientsTest {
    private static final URI PLAIN = URI.create("http://api.weixin.qq.com/wxa/x?a=1");
    private static final URI SECURE = URI.create("https://api.weixin.qq.com/wxa/x?a=1");

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private RelayFixture berth;

    @AfterEach
    void stop() {
        berth.close();
    }

    private Inside start(boolean ownAddress, boolean trustCa) {
        berth = new RelayFixture(
                folder, ownAddress ? RelayFixture.POSSIBLE : RelayFixture.IMPOSSIBLE, trustCa, RelayLimits.DEFAULT);
        return berth.admit("demo-001-aaaa");
    }

    @Test
    void javaThroughTheProxyOfItsOwnAddress() throws Exception {
        Inside inside = start(false, false);
        try (HttpClient client = HttpClient.newBuilder().proxy(ownProxy(inside)).build()) {
            var response = client.send(
                    HttpRequest.newBuilder(PLAIN)
                            .POST(HttpRequest.BodyPublishers.ofString("{}"))
                            .timeout(Duration.ofSeconds(15))
                            .build(),
                    BodyHandlers.ofString());

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("x-openapi-seqid")).isPresent();
        }
        assertThat(berth.weChat.seen("/wxa/x").getFirst().query()).isEqualTo("access_token=TOKEN-1&a=1");
    }

    @Test
    @Tag("OA-5")
    void javaOverTlsOnlyIfItTrustsTheCertificate() throws Exception {
        Inside inside = start(false, true);
        HttpRequest request =
                HttpRequest.newBuilder(SECURE).timeout(Duration.ofSeconds(15)).build();
        try (HttpClient trusting = HttpClient.newBuilder()
                .proxy(ownProxy(inside))
                .sslContext(trusting(berth.openApi.way().caFile()))
                .build()) {
            var response = trusting.send(request, BodyHandlers.ofString());

            assertThat(response.body()).contains("\"errcode\":0");
            assertThat(response.headers().firstValue("x-openapi-seqid")).isPresent();
        }
        try (HttpClient wary = HttpClient.newBuilder().proxy(ownProxy(inside)).build()) {
            assertThatThrownBy(() -> wary.send(request, BodyHandlers.ofString()))
                    .isInstanceOf(SSLHandshakeException.class);
        }
        assertThat(berth.weChat.seen("/wxa/x")).hasSize(1);
    }

    @Test
    @Tag("OA-5")
    void javaByTheVariables() throws Exception {
        Inside inside = start(false, true);
        ProcessBuilder program = new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                AskingProgram.class.getName(),
                PLAIN.toString(),
                SECURE.toString());
        program.environment().putAll(inside.admission.variables());

        assertThat(outputOf(program)).containsIgnoringWhitespaces("{\"errcode\":0,\"errmsg\":\"ok\"}".repeat(4));
        assertThat(berth.weChat.seen("/wxa/x")).hasSize(4);
    }

    @Test
    void curlByTheVariables() throws Exception {
        Inside inside = start(false, false);

        assertThat(curl(inside.admission.variables(), "-i", PLAIN.toString()))
                .startsWith("HTTP/1.1 200")
                .contains("x-openapi-seqid")
                .endsWith("{\"errcode\":0,\"errmsg\":\"ok\"}");
    }

    @Test
    void curlByAName() throws Exception {
        Inside inside = start(true, false);
        String resolved = "api.weixin.qq.com:%d:%s".formatted(berth.namePorts.http(), inside.address());

        assertThat(curl(
                        Map.of(),
                        "--resolve",
                        resolved,
                        "-F",
                        "media=@" + Files.write(folder.resolve("picture.png"), new byte[100_000]),
                        "http://api.weixin.qq.com:%d/wxa/img_sec_check".formatted(berth.namePorts.http())))
                .isEqualTo("{\"errcode\":0,\"errmsg\":\"ok\"}");
        ScriptedWeChat.Seen seen = berth.weChat.seen("/wxa/img_sec_check").getFirst();
        assertThat(seen.headers().get("content-type")).startsWith("multipart/form-data; boundary=");
        assertThat(seen.body().length()).isGreaterThan(100_000);
    }

    @Test
    @Tag("OA-5")
    void curlByANameOverTls() throws Exception {
        Inside inside = start(true, false);
        String resolved = "api.weixin.qq.com:%d:%s".formatted(berth.namePorts.https(), inside.address());
        String url = "https://api.weixin.qq.com:%d/wxa/x".formatted(berth.namePorts.https());

        assertThat(curl(Map.of(), "--resolve", resolved, "--cacert", caFile(), url))
                .contains("\"errcode\":0");
        assertThat(curl(Map.of(), "--resolve", resolved, "-w", "%{ssl_verify_result}", url))
                .isEqualTo("18"); // X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT
    }

    @Test
    @Tag("OA-5")
    void curlOverTlsByTheVariables() throws Exception {
        Inside inside = start(false, true);

        assertThat(curl(inside.admission.variables(), SECURE.toString())).contains("\"errcode\":0");
    }

    /** As clients do that tunnel everything, such as Node's. */
    @Test
    void curlThroughATunnelToThePlainPort() throws Exception {
        Inside inside = start(true, false);

        assertThat(curl(inside.admission.variables(), "--proxytunnel", PLAIN.toString()))
                .contains("\"errcode\":0");
        assertThat(berth.records.getLast().asker().toString()).contains("demo-001-aaaa");
    }

    private String caFile() {
        return berth.openApi.way().caFile().toString();
    }

    private static ProxySelector ownProxy(Inside inside) {
        String options = inside.admission.variables().getOrDefault("JAVA_TOOL_OPTIONS", "");
        return ProxySelector.of(new InetSocketAddress(
                options.replaceAll(".*-Dhttp.proxyHost=(\\S+).*", "$1"),
                Integer.parseInt(options.replaceAll(".*-Dhttp.proxyPort=(\\S+).*", "$1"))));
    }

    private static SSLContext trusting(Path ca) throws Exception {
        X509Certificate certificate = Pem.certificate(Files.readAllBytes(ca));
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry("berth", certificate);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), new SecureRandom());
        return context;
    }

    /** Standard output of curl, with these variables and no others but the path. */
    private static String curl(Map<String, String> variables, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("curl", "-s", "--max-time", "15"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> !name.equals("PATH"));
        builder.environment().putAll(variables);
        return outputOf(builder);
    }

    private static String outputOf(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return output;
    }
}
