package dev.berth.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not for the service is answered by the platform, in WeChat's words. */
class SystemErrorsTest {
    @RegisterExtension
    static final Platform platform = new Platform("echo");

    @Test
    @Tag("CH-70")
    @Tag("CH-75")
    @Tag("CH-88")
    void anUnknownEnvironment() {
        Answer answer = Caller.send(platform.as("alice").to("prod-99", "echo", "/"));
        assertSystemError(answer, "-501000", "Environment not found");
        assertThat(answer.header("logicret")).isEqualTo("-501000");
        assertThat(answer.header("content-type")).isEqualTo("application/json; charset=UTF-8");
        assertThat(answer.header("cache-control")).isEqualTo("no-cache, must-revalidate");
        assertThat(answer.header("x-wx-call-id")).isNotEmpty();
        assertThat(answer.header("x-wx-server-timing")).matches("\\d{13},\\d{13}");
        assertThat(answer.header("x-berth-reason")).contains("prod-99");
    }

    @Test
    @Tag("CH-76")
    void anUnknownService() {
        assertSystemError(platform.as("alice").get("nobody", "/"), "-501000", "Invalid host");
    }

    @Test
    @Tag("CH-77")
    void noService() {
        Caller alice = platform.as("alice");
        Answer answer = Caller.send(HttpRequest.newBuilder(platform.door("gateway"))
                .header("X-WX-ENV", "prod-01")
                .header("X-Berth-Session", alice.session()));
        assertSystemError(answer, "-606004", "Cannot find path.");
    }

    @Test
    @Tag("CH-83")
    @Tag("CH-138")
    void noSession() {
        assertSystemError(platform.stranger().get("echo", "/"), "40001", "invalid credential");
    }

    @ParameterizedTest
    @ValueSource(strings = {"forged", "a.b", "eyJhbGciOiJub25lIn0.e30."})
    @Tag("CH-83")
    void aForgedSession(String session) {
        Answer answer = new Caller(platform.door("gateway"), session).get("echo", "/");
        assertSystemError(answer, "40001", "invalid credential");
    }

    @Test
    @Tag("CH-83")
    void aSessionWithOneLetterChanged() {
        String session = platform.as("alice").session();
        char last = session.charAt(session.length() / 2);
        String changed = session.substring(0, session.length() / 2)
                + (last == 'A' ? 'B' : 'A')
                + session.substring(session.length() / 2 + 1);
        assertSystemError(
                new Caller(platform.door("gateway"), changed).get("echo", "/"), "40001", "invalid credential");
    }

    @Test
    @Tag("CH-83")
    @Tag("CH-139")
    void aSessionThatWasSignedOut() {
        Caller alice = platform.as("alice");
        assertThat(alice.get("echo", "/").status()).isEqualTo(200);
        Caller.send(HttpRequest.newBuilder(URI.create(platform.door("gateway") + "/__berth__/sessions/current"))
                .header("X-Berth-Session", alice.session())
                .DELETE());
        assertSystemError(alice.get("echo", "/"), "42001", "access_token expired");
    }

    @Test
    @Tag("CH-72")
    @Tag("CH-141")
    void aMethodThatIsNotAllowed() {
        Answer answer =
                Caller.send(platform.as("alice").to("echo", "/").method("PATCH", BodyPublishers.ofString("{}")));
        assertSystemError(answer, "102005", "无效的 HTTP Method");
    }

    @Test
    @Tag("CH-78")
    void aServiceThatIsClosedToMiniPrograms() {
        platform.deploy(Folder.service("echo"), "--name", "closed", "--access", "PUBLIC");
        assertSystemError(platform.as("alice").get("closed", "/"), "-601034", "没有权限");
    }

    @Test
    @Tag("CH-138")
    void whatIsNoCallIsForAHostNobodyHas() {
        Answer answer = Caller.send(HttpRequest.newBuilder(platform.door("gateway")));
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().path("code").asText()).isEqualTo("INVALID_HOST");
        assertThat(answer.json().path("requestId").asText()).isEqualTo(answer.header("X-CloudBase-Request-Id"));
    }

    @Test
    @Tag("CH-139")
    void aCodeOfAnotherAppSignsNobodyIn() {
        Answer answer = Caller.post(
                platform.door("gateway").resolve("/__berth__/sessions"), "{\"appid\":\"wx9\",\"code\":\"any\"}");
        assertThat(answer.body()).doesNotContain("\"session\"");
        assertThat(answer.systemError() + answer.status()).isNotEqualTo("200");
    }

    @Test
    @Tag("CH-70")
    void theCommandTellsTheErrorAndWhatToDo() {
        Ran call = platform.berth("call", "nobody", "/");
        assertThat(call.exitCode()).isEqualTo(1);
        assertThat(call.out()).isEmpty();
        assertThat(call.err())
                .contains("system error -501000 Invalid host")
                .contains("nobody is not deployed in prod-01")
                .contains("berth services");
    }

    private static void assertSystemError(Answer answer, String code, String text) {
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.systemError()).isEqualTo(code);
        assertThat(answer.body()).isEqualTo("{\"base_resp\":{\"ret\":%s,\"errmsg\":\"%s\"}}".formatted(code, text));
    }
}
