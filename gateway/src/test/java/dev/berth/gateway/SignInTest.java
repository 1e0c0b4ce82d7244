package dev.berth.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.Problem;
import dev.berth.core.SignIn;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code POST /__berth__/sessions}. */
class SignInTest {
    @RegisterExtension
    static final GatewayFixture gateway = new GatewayFixture();

    private static Ask post(String body) {
        return new Ask("POST /__berth__/sessions HTTP/1.1")
                .line("Host: gateway.test")
                .body("application/json", body.getBytes(UTF_8));
    }

    private static Ask signIn(String appId) {
        return post("{\"appid\":\"" + appId + "\",\"code\":\"c0de\"}");
    }

    private static void weChatSays(Supplier<SignIn.Outcome> outcome) {
        gateway.signIn((appId, code) -> CompletableFuture.supplyAsync(outcome));
    }

    @Test
    @Tag("CH-139")
    void aCodeIsExchangedForASessionThatWorks() throws Exception {
        gateway.signIn((appId, code) -> CompletableFuture.supplyAsync(() -> {
            assertThat(appId).isEqualTo(TestDirectory.OWNER);
            assertThat(code).isEqualTo("c0de");
            return new SignIn.SignedIn(GatewayFixture.ALICE, "secret key");
        }));
        RawClient.Answer answer = gateway.call(signIn(TestDirectory.OWNER));
        assertThat(answer.status()).isEqualTo(200);
        JsonObject json = new JsonObject(answer.text());
        assertThat(json.fieldNames()).containsExactlyInAnyOrder("session", "expiresIn");
        assertThat(json.getInteger("expiresIn")).isEqualTo(7200);
        String session = json.getString("session");
        assertThat(gateway.call(gateway.ask("GET", "/").with("X-Berth-Session", session))
                        .text())
                .isEqualTo("ok");
        assertThat(gateway.service().next().head().one("X-WX-OPENID")).contains("o-alice");
        assertThat(answer.text() + answer.head().text()).doesNotContain("secret key");
        assertThat(gateway.sessions.keyOf(session)).isEqualTo("secret key");
    }

    @Test
    @Tag("CH-139")
    void weChatsRefusalIsToldInItsOwnWords() throws Exception {
        weChatSays(() -> new SignIn.Refused(40163, "code been used"));
        RawClient.Answer answer = gateway.call(signIn(TestDirectory.OWNER));
        assertThat(answer.status()).isEqualTo(401);
        JsonObject json = new JsonObject(answer.text());
        assertThat(json.getInteger("errcode")).isEqualTo(40163);
        assertThat(json.getString("errmsg")).isEqualTo("code been used");
        assertThat(json.getString("hint")).isNotEmpty();
        assertThat(json.getString("callId")).isNotEmpty();
    }

    @Test
    @Tag("CH-139")
    void whatWeChatCannotDoIsNotTheCodesFault() throws Exception {
        weChatSays(() -> new SignIn.Refused(-1, "system error"));
        RawClient.Answer answer = gateway.call(signIn(TestDirectory.OWNER));
        assertThat(answer.status()).isEqualTo(502);
        JsonObject json = new JsonObject(answer.text());
        assertThat(json.getInteger("errcode")).isEqualTo(-1);
        assertThat(json.getString("hint")).contains("moment");
    }

    @Test
    @Tag("CH-139")
    void anUnreachableWeChatIsToldWithWhatToDo() throws Exception {
        Problem problem = new Problem("WECHAT_UNREACHABLE", "openapi", "no route to WeChat", "Check the network.");
        weChatSays(() -> new SignIn.Unavailable(problem, Optional.empty()));
        RawClient.Answer answer = gateway.call(signIn(TestDirectory.OWNER));
        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.text()).contains("no route to WeChat", "Check the network.");
    }

    @Test
    @Tag("CH-139")
    void aFailureIsNotHiddenAndNotExplainedToTheCaller() throws Exception {
        weChatSays(() -> {
            throw new IllegalStateException("inner secret");
        });
        RawClient.Answer answer = gateway.call(signIn(TestDirectory.OWNER));
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.text()).contains("-601001").doesNotContain("inner secret");
        weChatSays(() -> new SignIn.SignedIn(GatewayFixture.ALICE, "key"));
        gateway.sessions.broken = true;
        RawClient.Answer full = gateway.call(signIn(TestDirectory.OWNER));
        assertThat(full.status()).isEqualTo(500);
        assertThat(full.text()).contains("DISK_FULL", "server's log").doesNotContain("/var/lib");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|47001",
                "{|47001",
                "[]|47001",
                "null|47001",
                "\"x\"|47001",
                "5|47001",
                "{}|41002",
                "{\"code\":\"c\"}|41002",
                "{\"appid\":null,\"code\":\"c\"}|41002",
                "{\"appid\":5,\"code\":\"c\"}|41002",
                "{\"appid\":{},\"code\":\"c\"}|41002",
                "{\"appid\":\"wx1111111111111111\"}|41008",
                "{\"appid\":\"wx1111111111111111\",\"code\":\"\"}|41008",
                "{\"appid\":\"wx1111111111111111\",\"code\":null}|41008",
                "{\"appid\":\"wx9999999999999999\",\"code\":\"c\"}|40013",
            })
    @Tag("CH-139")
    void aBrokenBodyIsRefusedWithWhatIsWrong(String body, int errcode) throws Exception {
        RawClient.Answer answer = gateway.call(post(body));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(new JsonObject(answer.text()).getInteger("errcode")).isEqualTo(errcode);
    }

    @Test
    @Tag("CH-139")
    void anOversizeBodyIsRefusedAndTheConnectionIsKept() throws Exception {
        weChatSays(() -> {
            throw new AssertionError("nobody is to be asked");
        });
        Ask large = post("{\"appid\":\"wx1111111111111111\",\"code\":\"" + "c".repeat(200_000) + "\"}");
        Ask justTooLarge = post("{\"appid\":\"wx1111111111111111\",\"code\":\"" + "c".repeat(16 * 1024) + "\"}");
        try (RawClient client = gateway.connect()) {
            assertThat(client.send(large.toBytes()).read().status()).isEqualTo(413);
            assertThat(client.send(justTooLarge.toBytes()).read().status()).isEqualTo(413);
            assertThat(client.send(gateway.ask("GET", "/").toBytes()).read().text())
                    .isEqualTo("ok");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/__berth__/sessions",
        "PUT,/__berth__/sessions",
        "POST,/__berth__/sessions/current",
        "GET,/__berth__/"
    })
    @Tag("CH-139")
    void anyOtherRouteIsNotThere(String method, String path) throws Exception {
        Ask ask = new Ask(method + " " + path + " HTTP/1.1").line("Host: gateway.test");
        RawClient.Answer answer = gateway.call(ask);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.text()).contains("no such route");
    }
}
