package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.cli.ServerDouble.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallCommandTest {
    @TempDir
    Path folder;

    private final ServerDouble server = new ServerDouble();

    @BeforeEach
    void describe() {
        server.describedIn(folder).on("POST /api/v1/sessions", "{\"session\":\"s-1\",\"expiresIn\":7200}");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void goesThroughTheNativeChannelAndPrintsTheBytes() {
        byte[] body = {0, 1, (byte) 0xff, 10};
        server.service(new Answer(404, Map.of(), body));
        Typed typed = Typed.in(folder, "call", "whoami", "/a?b=c%20d&名=x");
        assertThat(typed.exitCode()).isZero();
        assertThat(typed.bytes()).isEqualTo(body);
        ServerDouble.Request called = server.called();
        assertThat(called.method()).isEqualTo("GET");
        assertThat(called.path()).isEqualTo("/a?b=c%20d&%E5%90%8D=x");
        assertThat(called.headers().getFirst("X-WX-ENV")).isEqualTo("prod-01");
        assertThat(called.headers().getFirst("X-WX-SERVICE")).isEqualTo("whoami");
        assertThat(called.headers().getFirst("X-Berth-Session")).isEqualTo("s-1");
        assertThat(called.headers().getFirst("X-WX-CALL-ID")).matches("\\d{13}-[0-9.E-]+");
        assertThat(called.headers()).doesNotContainKey("X-wx-resource-appid");
        assertThat(server.lastAsked().text()).isEqualTo("{}");
    }

    @Test
    void sendsDataAsJsonUnlessAHeaderSaysOtherwise() throws Exception {
        Typed.in(folder, "call", "whoami", "/", "-d", "{\"名\":1}");
        assertThat(server.called().method()).isEqualTo("POST");
        assertThat(server.called().text()).isEqualTo("{\"名\":1}");
        assertThat(server.called().headers().get("Content-Type")).containsExactly("application/json");

        Files.write(folder.resolve("photo"), new byte[] {1, 2});
        Typed.in(folder, "call", "whoami", "/", "-X", "put", "-d", "@photo", "-H", "content-type: image/png");
        assertThat(server.called().method()).isEqualTo("PUT");
        assertThat(server.called().body()).containsExactly(1, 2);
        assertThat(server.called().headers().get("Content-Type")).containsExactly("image/png");
    }

    @Test
    void knowsTheLongOptionsOfCurl() {
        Typed typed = Typed.in(
                folder, "call", "whoami", "/", "--request", "put", "--data", "1", "--header", "x-a: b", "--include");
        assertThat(typed.out()).startsWith("HTTP/1.1 200");
        assertThat(server.called().method()).isEqualTo("PUT");
        assertThat(server.called().text()).isEqualTo("1");
        assertThat(server.called().headers().getFirst("X-A")).isEqualTo("b");
    }

    @Test
    void callsAsAUserFromAnotherApp() {
        Typed.in(folder, "call", "whoami", "/", "--as", "bob", "--from", "wx2222222222222222");
        assertThat(server.lastAsked().text()).isEqualTo("{\"user\":\"bob\",\"app\":\"wx2222222222222222\"}");
        assertThat(server.called().headers().getFirst("X-WX-RESOURCE-APPID")).isEqualTo("wx1111111111111111");
    }

    @Test
    void namesAnOwnerOnlyOfASharedEnvironment() {
        Typed.in(folder, "call", "whoami", "/", "--from", "wx2222222222222222", "--env", "own-02");
        assertThat(server.called().headers()).doesNotContainKey("X-wx-resource-appid");
        assertThat(server.called().headers().getFirst("X-WX-ENV")).isEqualTo("own-02");
        Typed.in(folder, "call", "whoami", "/", "--env", "shared", "--owner", "wx3333333333333333");
        assertThat(server.called().headers().getFirst("X-WX-RESOURCE-APPID")).isEqualTo("wx3333333333333333");
    }

    @Test
    void showsStatusAndHeaders() {
        server.service(new Answer(201, Map.of("X-Made", "yes"), "ok".getBytes(StandardCharsets.UTF_8)));
        assertThat(Typed.in(folder, "call", "whoami", "/", "-i").out())
                .startsWith("HTTP/1.1 201\n")
                .contains("x-made: yes\n")
                .endsWith("\n\nok");
    }

    @Test
    void answersJson() {
        server.service(new Answer(500, Map.of("X-WX-CALL-ID", "7_8"), "é".getBytes(StandardCharsets.UTF_8)));
        JsonNode text = Json.readOrMissing(
                Typed.in(folder, "call", "whoami", "/", "--json").out());
        assertThat(text.path("status").asInt()).isEqualTo(500);
        assertThat(text.path("body").asText()).isEqualTo("é");
        assertThat(text.path("callId").asText()).isEqualTo("7_8");
        assertThat(text.path("headers").path("x-wx-call-id").asText()).isEqualTo("7_8");

        server.service(new Answer(200, Map.of(), new byte[] {(byte) 0xff}));
        JsonNode binary = Json.readOrMissing(
                Typed.in(folder, "call", "whoami", "/", "--json").out());
        assertThat(binary.path("bodyBase64").asText())
                .isEqualTo(Base64.getEncoder().encodeToString(new byte[] {(byte) 0xff}));
        assertThat(binary.has("body")).isFalse();
    }

    @Test
    void tellsASystemErrorWithReasonCallIdAndHint() {
        server.service(new Answer(
                200,
                Map.of(
                        "x-wx-system-error", "-501000",
                        "x-wx-call-id", "7_8",
                        "x-berth-reason", "gateway; no service whoam in prod-01"),
                "{\"base_resp\":{\"ret\":-501000,\"errmsg\":\"Invalid host\"}}".getBytes(StandardCharsets.UTF_8)));
        Typed typed = Typed.in(folder, "call", "whoam", "/");
        assertThat(typed.exitCode()).isEqualTo(1);
        assertThat(typed.out()).isEmpty();
        assertThat(typed.err()).isEqualTo("""
                error: system error -501000 Invalid host
                  reason: gateway; no service whoam in prod-01
                  call id: 7_8
                  → See what is deployed: ./berth services
                """);
        String environment = "/api/v1/environments/prod-01";
        server.on(
                        "GET " + environment + "/services/whoam",
                        asked -> ServerDouble.refusal(404, "SERVICE_UNKNOWN", "none", "Look."))
                .on("GET " + environment + "/functions/whoam", "{\"name\":\"whoam\"}");
        assertThat(Typed.in(folder, "call", "whoam", "/").err())
                .endsWith("  → whoam is a function, not a service. Run it: ./berth invoke whoam\n");
        Typed json = Typed.in(folder, "call", "whoam", "/", "--json");
        assertThat(json.exitCode()).isEqualTo(1);
        assertThat(Json.readOrMissing(json.out())
                        .path("headers")
                        .path("x-wx-system-error")
                        .asText())
                .isEqualTo("-501000");
    }

    @Test
    void aSystemErrorThatIsUnknownHasAHintToo() {
        server.service(new Answer(200, Map.of("x-wx-system-error", "-1"), "x".getBytes(StandardCharsets.UTF_8)));
        assertThat(Typed.in(folder, "call", "whoami", "/").err()).contains("no reason given", "./berth calls");
    }

    @Test
    void aRefusedSignInIsTold() {
        server.on(
                "POST /api/v1/sessions",
                asked -> ServerDouble.refusal(404, "USER_UNKNOWN", "user: bop (expected: alice, bob)", "berth users"));
        Typed typed = Typed.in(folder, "call", "whoami", "/", "--as", "bop");
        assertThat(typed.exitCode()).isEqualTo(1);
        assertThat(typed.err()).contains("user: bop (expected: alice, bob)");
    }
}
