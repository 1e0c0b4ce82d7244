package dev.berth.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A service that was reached but broke is told as an ordinary HTTP answer (CH-87). */
class BrokenServicesTest {
    @RegisterExtension
    static final Platform platform = new Platform("broken", "stillborn", "echo");

    @ParameterizedTest
    @CsvSource({
        "broken,    /garbage, 502, BAD_GATEWAY",
        "broken,    /nothing, 502, REQUEST_SERVICE_FAILED",
        "broken,    /dies,    502, REQUEST_SERVICE_FAILED",
        "stillborn, /,        503, SERVICE_NOT_READY",
    })
    @Tag("CH-87")
    @Tag("CH-96")
    @Tag("CH-97")
    @Tag("CH-103")
    @Tag("CH-104")
    @Tag("CH-105")
    void answersInJson(String service, String path, int status, String code) {
        Answer answer = platform.as("alice").get(service, path);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.systemError()).isEmpty();
        assertThat(answer.header("content-type")).startsWith("application/json");
        assertThat(answer.json().path("code").asText()).isEqualTo(code);
        assertThat(answer.json().path("requestId").asText()).isEqualTo(answer.header("X-CloudBase-Request-Id"));
        assertThat(answer.header("x-berth-reason")).isNotEmpty();

        Ran call = platform.berth("call", service, path);
        assertThat(call.exitCode()).isZero(); // an answer, not a system error
        assertThat(call.out()).contains(code);
    }

    @Test
    @Tag("CH-114")
    void anAnswerThatEndsEarlyEndsEarlyForTheCaller() {
        assertThatThrownBy(() -> platform.as("alice").get("broken", "/early")).hasCauseInstanceOf(IOException.class);
        Ran call = platform.berth("call", "broken", "/early");
        assertThat(call.exitCode()).isEqualTo(1);
        assertThat(call.err()).contains("broke");
    }

    @Test
    @Tag("CH-70")
    void aServiceCannotSpeakForThePlatform() {
        Answer answer = platform.as("alice").get("broken", "/forges");
        assertThat(answer.body()).isEqualTo("ok");
        assertThat(answer.systemError()).isEmpty();
        assertThat(answer.header("x-wx-openid")).isEmpty();
    }

    @Test
    @Tag("HO-37")
    void theLogTellsWhyAServiceDoesNotStart() {
        platform.as("alice").get("stillborn", "/");
        assertThat(platform.berth("logs", "stillborn").ok().out())
                .contains("the database is not there")
                .contains("exit code 7");
    }

    @Test
    @Tag("CH-105")
    @Tag("HO-37")
    void aStartCommandThatDoesNotExist() {
        platform.deploy(Folder.service("echo"), "--name", "nocommand", "--command", "no-such-program --now");
        assertThat(platform.as("alice").get("nocommand", "/").status()).isEqualTo(503);
        assertThat(platform.berth("logs", "nocommand").ok().out())
                .contains("no-such-program")
                .contains("exit code 127");
    }

    @Test
    @Tag("CH-87")
    void aBrokenServiceDisturbsNoOther() {
        platform.as("alice").get("broken", "/dies");
        assertThat(platform.as("alice").get("echo", "/").status()).isEqualTo(200);
    }
}
