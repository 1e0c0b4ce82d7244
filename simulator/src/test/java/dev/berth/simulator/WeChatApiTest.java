package dev.berth.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeChatApiTest extends WeChatTest {
    @Test
    void anUnknownPathHasWeChatsError() {
        Browser.Page page = browser.get("/cgi-bin/nonsense");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("content-type")).isEqualTo("application/json; encoding=utf-8"); // OA-47
        assertThat(page.json().getInteger("errcode")).isEqualTo(40066);
        assertThat(page.json().getString("errmsg")).matches("invalid url rid: [0-9a-f]{8}(-[0-9a-f]{8}){2}");
    }

    @Test
    void theRidBeginsWithTheTime() {
        String seconds = "%08x".formatted(clock.instant().getEpochSecond());

        assertThat(browser.get("/").json().getString("errmsg")).contains("rid: " + seconds + "-");
    }

    @Test
    void aQueryThatCannotBeDecodedHasWeChatsError() {
        String answer = RawHttp.get(simulator.port(), "/sns/jscode2session?js_code=%ZZ", "Host: 127.0.0.1");

        assertThat(answer).startsWith("HTTP/1.1 200").contains("\"errcode\":40097", "\"errmsg\":\"invalid args, rid: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "//cgi-bin/token",
                "/cgi-bin/token/",
                "/cgi-bin/../cgi-bin/token",
                "/%00",
                "/?access_token",
                "/wxa/getgrayreleaseplan?access_token=%00&&=&a=b=c&access_token=2",
                "/cgi-bin/token;a=b?grant_type=client_credential",
                "http://127.0.0.1/cgi-bin/token",
            })
    void everyTargetHasAnAnswer(String target) {
        try (LogTrap log = LogTrap.set()) {
            String answer = RawHttp.get(simulator.port(), target, "Host: 127.0.0.1");

            assertThat(answer).startsWith("HTTP/1.1 ").contains("\"errcode\":4");
            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void aRequestLineThatIsTooLongIsRefused() {
        assertThat(RawHttp.get(simulator.port(), "/?" + "a".repeat(20_000), "Host: 127.0.0.1"))
                .contains(" 414 ");
    }

    @Test
    void nothingThatIsPrintedHoldsATokenOrSecret() {
        String secret = "a-secret";
        Map<String, String> query = Map.of("secret", secret, "access_token", secret);
        Incoming incoming = new Incoming("GET", "/", query, Buffer.buffer(secret), List.of());
        Reply reply = Reply.json(new JsonObject().put("access_token", secret));
        Tokens.Token token = new Tokens.Token(secret, clock.instant(), clock.instant());

        assertThat(List.of(incoming.toString(), reply.toString(), token.toString()))
                .noneMatch(text -> text.contains(secret));
    }
}
