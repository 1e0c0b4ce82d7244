package dev.berth.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.Caller;
import dev.berth.core.OpenData;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /__berth__/open-data}. */
class OpenDataTest {
    private static final String GIVEN = "{\"encryptedData\":\"ZGF0YQ==\",\"iv\":\"aXY=\"}";

    @RegisterExtension
    static final GatewayFixture gateway = new GatewayFixture();

    private final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();

    private record Asked(Caller user, String sessionKey, OpenData.Given given) {}

    private void openDataGives(OpenData.Outcome outcome) {
        gateway.openData((user, sessionKey, given) -> {
            asked.add(new Asked(user, sessionKey, given));
            return outcome;
        });
    }

    private static Ask post(String session, String body) {
        return new Ask("POST /__berth__/open-data HTTP/1.1")
                .line("Host: gateway.test")
                .line("X-Berth-Session: " + session)
                .body("application/json", body.getBytes(UTF_8));
    }

    private static RawClient.Answer byAlice(String body) throws Exception {
        return gateway.call(post(gateway.signedIn(GatewayFixture.ALICE), body));
    }

    private static int errcode(RawClient.Answer answer) {
        JsonObject json = new JsonObject(answer.text());
        assertThat(json.getString("hint")).isNotEmpty();
        assertThat(json.getString("errmsg")).isNotEmpty();
        return json.getInteger("errcode");
    }

    @Test
    @Tag("OA-31")
    void theUserOfTheSessionGetsACloudId() throws Exception {
        openDataGives(new OpenData.Made("berth1_abc"));
        RawClient.Answer answer = byAlice(GIVEN);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).contains("application/json; charset=utf-8");
        assertThat(new JsonObject(answer.text()))
                .isEqualTo(new JsonObject().put("cloudID", "berth1_abc").put("expiresIn", 300));
        assertThat(asked)
                .containsExactly(new Asked(
                        GatewayFixture.ALICE,
                        "key of o-alice",
                        new OpenData.Given("ZGF0YQ==", "aXY=", Optional.empty())));
    }

    @Test
    @Tag("OA-31")
    void theSessionKeyIsOfTheSessionThatAsks() throws Exception {
        openDataGives(new OpenData.Made("berth1_abc"));
        Caller guest = new Caller(TestDirectory.GUEST, "o-guest", Optional.empty());
        String session = gateway.signedIn(guest);
        for (int times = 0; times < 2; times++) { // the second time from the cache
            assertThat(gateway.call(post(session, GIVEN)).status()).isEqualTo(200);
            assertThat(asked.take())
                    .extracting(Asked::user, Asked::sessionKey)
                    .containsExactly(guest, "key of o-guest");
        }
    }

    @Test
    @Tag("OA-31")
    void whatWeChatSignedGoesAlong() throws Exception {
        openDataGives(new OpenData.Made("berth1_abc"));
        byAlice(
                "{\"encryptedData\":\"ZGF0YQ==\",\"iv\":\"aXY=\",\"rawData\":\"{\\\"nickName\\\":\\\"爱\\\"}\",\"signature\":\"75e8\",\"errMsg\":\"x\"}");
        assertThat(asked.take().given().signed()).contains(new OpenData.Signed("{\"nickName\":\"爱\"}", "75e8"));
    }

    @Test
    @Tag("OA-31")
    void aRefusalIsToldWithWhatToDo() throws Exception {
        openDataGives(new OpenData.Refused(-41003, "aes decryption failed", "Sign in again."));
        RawClient.Answer answer = byAlice(GIVEN);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(errcode(answer)).isEqualTo(-41003);
        assertThat(answer.text()).contains("aes decryption failed", "Sign in again.");
        assertThat(gateway.refused().outcome()).isEqualTo("OPEN_DATA_-41003");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "a.b"})
    @Tag("OA-31")
    @Tag("CH-83")
    void aStrangerGetsNone(String session) throws Exception {
        openDataGives(new OpenData.Made("berth1_abc"));
        RawClient.Answer answer = gateway.call(post(session, GIVEN));
        assertThat(answer.status()).isEqualTo(401);
        assertThat(errcode(answer)).isEqualTo(40001);
        assertThat(asked).isEmpty();
    }

    @Test
    @Tag("OA-31")
    @Tag("CH-83")
    void aSessionThatIsOverGetsNone() throws Exception {
        openDataGives(new OpenData.Made("berth1_abc"));
        String unused = gateway.signedIn(GatewayFixture.ALICE);
        gateway.clock.move(Duration.ofHours(2));
        assertThat(errcode(gateway.call(post(unused, GIVEN)))).isEqualTo(42001);
        String signedOut = gateway.signedIn(GatewayFixture.ALICE);
        gateway.call(new Ask("DELETE /__berth__/sessions/current HTTP/1.1")
                .line("Host: gateway.test")
                .line("X-Berth-Session: " + signedOut));
        RawClient.Answer answer = gateway.call(post(signedOut, GIVEN));
        assertThat(answer.status()).isEqualTo(401);
        assertThat(errcode(answer)).isEqualTo(42001);
        assertThat(asked).isEmpty();
    }

    @Test
    @Tag("OA-31")
    @Tag("CH-83")
    void aSessionThatAnotherNodeEndedGetsNone() throws Exception {
        openDataGives(new OpenData.Made("berth1_abc"));
        String session = gateway.signedIn(GatewayFixture.ALICE);
        assertThat(gateway.call(post(session, GIVEN)).status()).isEqualTo(200);
        gateway.sessions
                .remove(session.substring(0, session.indexOf('.')))
                .toCompletableFuture()
                .join();
        assertThat(errcode(gateway.call(post(session, GIVEN)))).isEqualTo(42001);
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
                "5|47001",
                "{}|40097",
                "{\"encryptedData\":\"YQ==\"}|40097",
                "{\"iv\":\"YQ==\"}|40097",
                "{\"encryptedData\":\"\",\"iv\":\"YQ==\"}|40097",
                "{\"encryptedData\":5,\"iv\":\"YQ==\"}|40097",
                "{\"encryptedData\":\"YQ==\",\"iv\":{}}|40097",
                "{\"encryptedData\":\"YQ==\",\"iv\":\"YQ==\",\"rawData\":\"{}\"}|40097",
                "{\"encryptedData\":\"YQ==\",\"iv\":\"YQ==\",\"signature\":\"75e8\"}|40097",
            })
    @Tag("OA-31")
    void aBrokenBodyIsRefusedWithWhatIsWrong(String body, int errcode) throws Exception {
        openDataGives(new OpenData.Made("berth1_abc"));
        RawClient.Answer answer = byAlice(body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(errcode(answer)).isEqualTo(errcode);
        assertThat(asked).isEmpty();
    }

    @Test
    @Tag("OA-31")
    void anOversizeBodyIsRefusedAndTheConnectionIsKept() throws Exception {
        openDataGives(new OpenData.Made("berth1_abc"));
        String large = "{\"encryptedData\":\"" + "A".repeat(32 * 1024) + "\",\"iv\":\"aXY=\"}";
        try (RawClient client = gateway.connect()) {
            assertThat(client.send(post("x", large).toBytes()).read().status()).isEqualTo(413);
            assertThat(client.send(gateway.ask("GET", "/").toBytes()).read().text())
                    .isEqualTo("ok");
        }
        assertThat(asked).isEmpty();
    }

    @Test
    @Tag("OA-31")
    void aFailureIsNotHiddenAndNotExplainedToTheCaller() throws Exception {
        gateway.openData((user, key, given) -> {
            throw new IllegalStateException("inner secret");
        });
        RawClient.Answer answer = byAlice(GIVEN);
        assertThat(answer.status()).isEqualTo(500);
        assertThat(errcode(answer)).isEqualTo(-601001);
        assertThat(answer.text()).doesNotContain("inner secret");
        String session = gateway.signedIn(GatewayFixture.ALICE);
        gateway.sessions.broken = true;
        assertThat(gateway.call(post(session, GIVEN)).status()).isEqualTo(500);
    }

    @Test
    @Tag("OA-31")
    @Tag("CH-140")
    void aPageMayAskToo() throws Exception {
        openDataGives(new OpenData.Made("berth1_abc"));
        String origin = "https://shop.example.com";
        String session = gateway.signedIn(GatewayFixture.ALICE);
        for (String body : new String[] {GIVEN, "{}"}) {
            assertThat(gateway.call(post(session, body).line("Origin: " + origin))
                            .header("Access-Control-Allow-Origin"))
                    .contains(origin);
        }
    }

    @Test
    @Tag("OA-31")
    void otherMethodsAreNotThere() throws Exception {
        Ask get = new Ask("GET /__berth__/open-data HTTP/1.1").line("Host: gateway.test");
        assertThat(gateway.call(get).status()).isEqualTo(404);
    }
}
