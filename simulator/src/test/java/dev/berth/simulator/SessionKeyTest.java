package dev.berth.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** Session keys, as apps check and change them. */
class SessionKeyTest extends WeChatTest {
    @Test
    void theKeyOfTheLastSignInIsGood() throws Exception {
        String first = signIn();
        String second = signIn();

        assertThat(errcode("checksession", sign(second))).isZero();
        assertThat(errcode("checksession", sign(first))).isEqualTo(87009);
    }

    @Test
    void anotherKeyTakesItsPlace() throws Exception {
        String first = signIn();
        JsonObject answer = shop().get(target("resetusersessionkey", sign(first), "hmac_sha256", "alice"));

        assertThat(answer.getString("openid")).isEqualTo(shop().openid("alice"));
        assertThat(errcode("checksession", sign(first))).isEqualTo(87009);
        assertThat(errcode("checksession", sign(answer.getString("session_key"))))
                .isZero();
    }

    @Test
    void aFlawedQuestionIsRefused() throws Exception {
        String signature = sign(signIn());

        assertThat(shop().get(target("checksession", signature, "md5", "alice")).getInteger("errcode"))
                .isEqualTo(87008);
        assertThat(shop().get(target("checksession", signature, "hmac_sha256", "bob"))
                        .getInteger("errcode"))
                .isEqualTo(87009);
        assertThat(shop().get(target("checksession", signature, "hmac_sha256", "nobody"))
                        .getInteger("errcode"))
                .isEqualTo(40003);
        assertThat(errcode("resetusersessionkey", "")).isEqualTo(87009);
    }

    private AppServer shop() {
        return new AppServer(browser, SHOP);
    }

    private String signIn() {
        return exchange(SHOP, code(SHOP, "alice")).json().getString("session_key");
    }

    private int errcode(String api, String signature) {
        return shop().get(target(api, signature, "hmac_sha256", "alice")).getInteger("errcode");
    }

    private String target(String api, String signature, String method, String user) {
        return "/wxa/%s?openid=%s&signature=%s&sig_method=%s".formatted(api, shop().openid(user), signature, method);
    }

    private static String sign(String sessionKey) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(sessionKey.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(new byte[0]));
    }
}
