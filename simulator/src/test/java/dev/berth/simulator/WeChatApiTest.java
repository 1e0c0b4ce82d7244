package dev.berth.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

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
}
