package dev.berth.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a service answers is what its caller gets, within the limits of WeChat. */
class AnswersTest {
    private static final int TEXT_LIMIT = 102_400;
    private static final int ANSWER_LIMIT = 1_024_000;

    @RegisterExtension
    static final Platform platform = new Platform("echo");

    @ParameterizedTest
    @ValueSource(ints = {201, 301, 302, 404, 418, 500, 503})
    @Tag("CH-24")
    @Tag("CH-31")
    @Tag("CH-114")
    void everyStatusOfAServiceIsItsOwn(int status) {
        Answer answer = platform.as("alice").get("echo", "/status?code=" + status);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.systemError()).isEmpty();
        assertThat(answer.response().headers().allValues("set-cookie")).containsExactly("a=1", "b=2");
        assertThat(answer.header("location")).isEqualTo("/elsewhere");
        assertThat(answer.header("x-cloudbase-upstream-status-code")).isEqualTo(String.valueOf(status));
    }

    @Test
    @Tag("CH-114")
    void anAnswerStreams() throws IOException, InterruptedException {
        HttpResponse<InputStream> response =
                Caller.HTTP.send(platform.as("alice").to("echo", "/stream").build(), BodyHandlers.ofInputStream());
        try (var lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).isEqualTo("first");
            long began = System.nanoTime();
            assertThat(lines.readLine()).isEqualTo("second");
            assertThat(System.nanoTime() - began).isGreaterThan(1_000_000_000L);
        }
    }

    @Test
    @Tag("CH-32")
    @Tag("CH-39")
    @Tag("CH-80")
    void textOfMoreThan100KibIsRefused() {
        assertThat(post("application/json", TEXT_LIMIT).json().path("body").asText())
                .hasSize(TEXT_LIMIT);
        Answer refused = post("application/json", TEXT_LIMIT + 1);
        assertThat(refused.status()).isEqualTo(200);
        assertThat(refused.systemError()).isEqualTo("-606001");
        assertThat(refused.errmsg()).isEqualTo("请求包大小超过 100KB");
    }

    @Test
    @Tag("CH-33")
    @Tag("CH-39")
    void bytesMayBeMore() {
        assertThat(post("image/png", TEXT_LIMIT * 3).json().path("body").asText())
                .hasSize(TEXT_LIMIT * 3);
    }

    @Test
    @Tag("CH-34")
    @Tag("CH-81")
    void anAnswerOfMoreThan1000KibIsRefused() {
        Caller alice = platform.as("alice");
        assertThat(alice.get("echo", "/bytes?count=" + ANSWER_LIMIT).body()).hasSize(ANSWER_LIMIT);
        Answer refused = alice.get("echo", "/bytes?count=" + (ANSWER_LIMIT + 1));
        assertThat(refused.systemError()).isEqualTo("-606002");
        assertThat(refused.errmsg()).isEqualTo("响应包大小超过 1MB");
    }

    @Test
    @Tag("CH-7")
    @Tag("CH-71")
    void aCallerMayShortenTheDeadline() {
        Answer answer =
                Caller.send(platform.as("alice").to("echo", "/wait?ms=3000").header("X-WX-USER-TIMEOUT", "300"));
        assertThat(answer.systemError()).isEqualTo("102002");
        assertThat(answer.errmsg()).isEqualTo("请求超时");
    }

    private static Answer post(String type, int bytes) {
        return Caller.send(platform.as("alice")
                .to("echo", "/")
                .header("Content-Type", type)
                .POST(BodyPublishers.ofByteArray("x".repeat(bytes).getBytes(StandardCharsets.US_ASCII))));
    }
}
