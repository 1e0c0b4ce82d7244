package dev.berth.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who calls is told by the platform and by nobody else. */
class IdentityTest {
    @RegisterExtension
    static final Platform platform = new Platform("echo");

    @Test
    @Tag("CH-41")
    @Tag("CH-42")
    @Tag("CH-43")
    @Tag("CH-45")
    @Tag("CH-46")
    @Tag("CH-47")
    @Tag("CH-48")
    @Tag("CH-50")
    @Tag("CH-51")
    @Tag("CH-54")
    void aServiceSeesWhoCalls() {
        Answer answer = platform.as("alice").get("echo", "/a/b?c=%20d");
        JsonNode seen = answer.json().path("headers");
        assertThat(seen.path("x-wx-openid").asText()).matches("o[\\w-]{27}");
        assertThat(seen.path("x-wx-unionid").asText()).matches("o[\\w-]{27}");
        assertThat(seen.path("x-wx-appid").asText()).isEqualTo("wx1111111111111111");
        assertThat(seen.path("x-wx-env").asText()).isEqualTo("prod-01");
        assertThat(seen.path("x-wx-source").asText()).isEqualTo("wx_client");
        assertThat(seen.path("x-wx-service").asText()).isEqualTo("echo");
        assertThat(seen.path("x-wx-container-path").asText()).isEqualTo("/a/b?c=%20d");
        assertThat(seen.path("x-wx-call-id").asText()).isEqualTo(answer.header("x-wx-call-id"));
        assertThat(seen.path("x-forwarded-for").asText()).isEqualTo("127.0.0.1");
        assertThat(seen.path("x-original-forwarded-for").asText()).isEqualTo("127.0.0.1");
        assertThat(seen.path("referer").asText())
                .isEqualTo("https://servicewechat.com/wx1111111111111111/0/page-frame.html");
        assertThat(answer.json().path("url").asText()).isEqualTo("/a/b?c=%20d");
    }

    @Test
    @Tag("CH-60")
    @Tag("CH-61")
    @Tag("CH-62")
    @Tag("CH-55")
    void whatACallerForgesDoesNotArrive() {
        JsonNode seen = Caller.send(platform.as("alice")
                        .to("echo", "/")
                        .header("X-WX-OPENID", "forged")
                        .header("x_wx_openid", "forged")
                        .header("X-Wx_Unionid", "forged")
                        .header("X-WX-SOURCE", "forged")
                        .header("X-WX-Whatever", "forged")
                        .header("X-Forwarded-For", "6.6.6.6")
                        .header("Forwarded", "for=6.6.6.6")
                        .header("X-Real-IP", "6.6.6.6")
                        .header("Referer", "https://forged.example"))
                .json();
        assertThat(seen.path("raw").toString()).doesNotContain("forged").doesNotContain("6.6.6.6");
        assertThat(seen.path("headers").path("x-wx-source").asText()).isEqualTo("wx_client");
    }

    @Test
    @Tag("CH-63")
    void theSessionStaysAtTheGatewayAndTheApplicationsOwnCredentialsArrive() {
        Caller alice = platform.as("alice");
        JsonNode seen = Caller.send(alice.to("echo", "/")
                        .header("Authorization", "Bearer own")
                        .header("Cookie", "a=1; b=2")
                        .header("X-Own", "kept"))
                .json();
        assertThat(seen.toString()).doesNotContain(alice.session()).doesNotContainIgnoringCase("x-berth-session");
        assertThat(seen.path("headers").path("authorization").asText()).isEqualTo("Bearer own");
        assertThat(seen.path("headers").path("cookie").asText()).isEqualTo("a=1; b=2");
        assertThat(seen.path("headers").path("x-own").asText()).isEqualTo("kept");
    }

    @Test
    @Tag("CH-56")
    void callersMayLeaveCredentialsOut() {
        JsonNode seen = Caller.send(platform.as("alice")
                        .to("echo", "/")
                        .header("X-WX-EXCLUDE-CREDENTIALS", "unionid, OpenID, whatever"))
                .json()
                .path("headers");
        assertThat(seen.has("x-wx-openid")).isFalse();
        assertThat(seen.has("x-wx-unionid")).isFalse();
        assertThat(seen.has("x-wx-exclude-credentials")).isFalse();
        assertThat(seen.has("x-wx-appid")).isTrue();
    }

    @Test
    @Tag("CH-59")
    void headersThatSelectAGatewayOfWeChatAreIgnored() {
        JsonNode seen = Caller.send(platform.as("alice")
                        .to("echo", "/")
                        .header("X-WX-GATEWAY-ID", "gateway")
                        .header("X-WX-REGION", "ap-shanghai"))
                .json();
        assertThat(seen.path("headers").path("x-wx-service").asText()).isEqualTo("echo");
    }

    @Test
    @Tag("CH-137")
    void namingTheOwnAppAsOwnerChangesNothing() {
        JsonNode seen = Caller.send(
                        platform.as("alice").to("echo", "/").header("X-WX-RESOURCE-APPID", "wx1111111111111111"))
                .json()
                .path("headers");
        assertThat(seen.path("x-wx-openid").asText()).isNotEmpty();
        assertThat(seen.has("x-wx-from-openid")).isFalse();
    }

    @Test
    @Tag("CH-65")
    @Tag("CH-66")
    @Tag("CH-67")
    @Tag("CH-68")
    void anAnswerTellsWhichCallItWasAndHowLongItTook() {
        Answer answer = Caller.send(platform.as("alice").to("echo", "/").header("X-WX-CALL-ID", "1665650722391-0.34"));
        assertThat(answer.header("x-wx-call-id")).isEqualTo("1665650722391-0.34");
        assertThat(answer.header("x-wx-server-timing")).matches("\\d{13},\\d{13}");
        assertThat(answer.header("X-CloudBase-Request-Id")).matches("[0-9a-f]{32}");
        assertThat(answer.header("x-cloudbase-upstream-status-code")).isEqualTo("200");
        assertThat(answer.header("x-cloudbase-upstream-timecost")).matches("\\d+");
        assertThat(answer.header("x-spelled-so")).isEqualTo("yes");
    }

    @Test
    @Tag("CH-28")
    void aCallWithoutAnIdGetsOne() {
        assertThat(platform.as("alice").get("echo", "/").header("x-wx-call-id")).matches("\\d{13}-0?\\.\\d+");
    }

    @Test
    @Tag("CH-17")
    @Tag("CH-21")
    void bytesArriveAsTheyWereSent() {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        Answer answer = Caller.send(platform.as("alice")
                .to("echo", "/")
                .header("Content-Type", "application/octet-stream")
                .POST(BodyPublishers.ofByteArray(all)));
        assertThat(answer.json().path("body").asText().chars().toArray())
                .containsExactly(IntStream.range(0, 256).toArray());
    }
}
