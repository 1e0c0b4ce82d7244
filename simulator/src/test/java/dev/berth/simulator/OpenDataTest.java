package dev.berth.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What users give to mini programs: phone numbers, steps, profiles (OA-30 to OA-32). */
class OpenDataTest extends WeChatTest {
    private static final String PHONE = "13800138000";

    @BeforeEach
    void addCarolWithAPhone() {
        simulator.seed(List.of(), List.of(new User("carol", Optional.of("卡萝"), Optional.of(PHONE))));
    }

    @Test
    void oa32APhoneNumberIsGivenOnceForItsCode() {
        JsonObject told = press("carol", "phoneNumber");
        assertThat(told.getString("errMsg")).isEqualTo("getPhoneNumber:ok");
        JsonObject code = new JsonObject().put("code", told.getString("code"));

        JsonObject answer = shop().post("/wxa/business/getuserphonenumber", code);
        assertThat(answer.getInteger("errcode")).isZero();
        assertThat(answer.getJsonObject("phone_info")).isEqualTo(expectedPhone());

        JsonObject again = shop().post("/wxa/business/getuserphonenumber", code);
        assertThat(again.getInteger("errcode")).isEqualTo(40029);
        assertThat(again.getString("errmsg")).startsWith("invalid code");
    }

    @Test
    void oa32ACodeIsGoodForFiveMinutesAndForItsAppOnly() {
        JsonObject first =
                new JsonObject().put("code", press("carol", "phoneNumber").getString("code"));
        JsonObject second =
                new JsonObject().put("code", press("carol", "phoneNumber").getString("code"));

        assertThat(new AppServer(browser, NEWS).errcode("/wxa/business/getuserphonenumber", first))
                .isEqualTo(40029);
        clock.advance(Duration.ofMinutes(5).minusMillis(1));
        assertThat(shop().errcode("/wxa/business/getuserphonenumber", first)).isZero();
        clock.advance(Duration.ofMillis(1));
        assertThat(shop().errcode("/wxa/business/getuserphonenumber", second)).isEqualTo(40029);
        assertThat(shop().errcode("/wxa/business/getuserphonenumber", new JsonObject().put("code", "invented")))
                .isEqualTo(40029);
    }

    @Test
    void oa31AUserWithoutAPhoneRefuses() {
        assertThat(press("alice", "phoneNumber"))
                .isEqualTo(new JsonObject().put("errMsg", "getPhoneNumber:fail user deny"));
    }

    @Test
    void whatThePageIsToldOpensWithTheKeyOfTheLastSignIn() throws Exception {
        exchange(SHOP, code(SHOP, "carol"));
        String key = exchange(SHOP, code(SHOP, "carol")).json().getString("session_key");
        JsonObject told = press("carol", "phoneNumber");

        assertThat(open(told, key)).isEqualTo(expectedPhone());
        assertThat(told.getString("iv"))
                .isNotEqualTo(press("carol", "phoneNumber").getString("iv"));
    }

    @Test
    void whoNeverSignedInGivesReferencesOnly() {
        assertThat(press("carol", "phoneNumber").fieldNames()).containsExactlyInAnyOrder("errMsg", "cloudID", "code");
        assertThat(press("carol", "weRun").fieldNames()).containsExactlyInAnyOrder("errMsg", "cloudID");
    }

    @Test
    void aKeyMayBeNamed() throws Exception {
        String key = Base64.getEncoder().encodeToString("0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
        JsonObject told = browser.send(
                        "POST",
                        "/__sim__/open-data",
                        body("carol", "phoneNumber").put("session_key", key).encode())
                .json();

        assertThat(open(told, key)).isEqualTo(expectedPhone());
    }

    @Test
    void theProfileIsSigned() throws Exception {
        String key = exchange(SHOP, code(SHOP, "carol")).json().getString("session_key");
        JsonObject told = press("carol", "userInfo");

        String rawData = told.getString("rawData");
        assertThat(new JsonObject(rawData)).isEqualTo(told.getJsonObject("userInfo"));
        assertThat(told.getJsonObject("userInfo").getString("nickName")).isEqualTo("卡萝");
        byte[] sha1 = MessageDigest.getInstance("SHA-1").digest((rawData + key).getBytes(StandardCharsets.UTF_8));
        assertThat(told.getString("signature")).isEqualTo(HexFormat.of().formatHex(sha1));
        JsonObject opened = open(told, key);
        assertThat(opened.getString("openId")).isEqualTo(Identity.openid(SHOP.appid(), "carol"));
        assertThat(opened.getString("unionId")).isEqualTo(Identity.unionid("carol"));
        assertThat(opened.getJsonObject("watermark")).isEqualTo(watermark());
    }

    @Test
    void theStepsOfThirtyOneDaysEndToday() throws Exception {
        String key = exchange(SHOP, code(SHOP, "carol")).json().getString("session_key");
        JsonArray days = open(press("carol", "weRun"), key).getJsonArray("stepInfoList");

        assertThat(days).hasSize(31);
        long midnightInChina = clock.instant().minus(Duration.ofHours(8)).getEpochSecond();
        assertThat(days.getJsonObject(30).getLong("timestamp")).isEqualTo(midnightInChina);
        assertThat(days.getJsonObject(0).getLong("timestamp"))
                .isEqualTo(midnightInChina - Duration.ofDays(30).toSeconds());
        assertThat(days)
                .allSatisfy(
                        day -> assertThat(((JsonObject) day).getInteger("step")).isPositive());
        clock.advance(Duration.ofDays(1));
        JsonArray tomorrow = open(press("carol", "weRun"), key).getJsonArray("stepInfoList");
        assertThat(tomorrow.getJsonObject(29)).isEqualTo(days.getJsonObject(30));
    }

    @Test
    void oa30ACloudIdLeadsToTheDataAsAText() {
        String cloudId = press("carol", "phoneNumber").getString("cloudID");
        JsonObject item = openData("carol", cloudId);

        assertThat(item.getString("cloud_id")).isEqualTo(cloudId);
        JsonObject json = new JsonObject(item.getString("json"));
        assertThat(json.getString("cloudID")).isEqualTo(cloudId);
        assertThat(json.getJsonObject("data")).isEqualTo(expectedPhone());
    }

    @Test
    void oa31ACloudIdIsBoundToItsUserAndApp() {
        String cloudId = press("carol", "weRun").getString("cloudID");

        assertThat(trouble("alice", cloudId)).isEqualTo(-601007);
        assertThat(trouble("carol", "invented")).isEqualTo(-601005);
        clock.advance(Duration.ofMinutes(5));
        assertThat(trouble("carol", cloudId)).isEqualTo(-601006);
    }

    @Test
    void openDataIsAskedForByAKnownOpenidAndAList() {
        JsonObject list = new JsonObject().put("cloudid_list", new JsonArray());

        assertThat(shop().errcode("/wxa/getopendata?openid=nobody", list)).isEqualTo(40003);
        assertThat(shop().errcode("/wxa/getopendata?openid=" + shop().openid("carol"), new JsonObject().put("a", 1)))
                .isEqualTo(40097);
    }

    @ParameterizedTest
    @CsvSource({
        "13800138000, 13800138000, 13800138000, 86",
        "+8613800138000, 13800138000, 13800138000, 86",
        "+12025550123, +12025550123, 2025550123, 1",
        "+442071838750, +442071838750, 2071838750, 44",
        "+85291234567, +85291234567, 91234567, 852",
    })
    void onlyForeignNumbersAreToldWithTheirCountryCode(String phone, String full, String pure, String country) {
        assertThat(PhoneNumber.of(phone)).isEqualTo(new PhoneNumber(full, pure, country));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"kind\":\"address\"} | kind: \"address\" (expected: one of [phoneNumber, weRun, userInfo])",
                "{\"session_key\":\"c2hvcnQ=\"} | session_key: no such key (expected: 16 bytes in Base64)",
                "{\"session_key\":\"???\"} | session_key: no such key (expected: 16 bytes in Base64)",
            })
    void aFlawedPressIsRefused(String change, String message) {
        String body = body("carol", "weRun").mergeIn(new JsonObject(change)).encode();

        assertThat(browser.send("POST", "/__sim__/open-data", body).error().getString("message"))
                .isEqualTo(message);
    }

    private AppServer shop() {
        return new AppServer(browser, SHOP);
    }

    private JsonObject press(String user, String kind) {
        return browser.send("POST", "/__sim__/open-data", body(user, kind).encode())
                .json();
    }

    private static JsonObject body(String user, String kind) {
        return new JsonObject().put("appid", SHOP.appid()).put("user", user).put("kind", kind);
    }

    private JsonObject openData(String user, String cloudId) {
        return shop().post(
                        "/wxa/getopendata?openid=" + shop().openid(user),
                        new JsonObject().put("cloudid_list", new JsonArray().add(cloudId)))
                .getJsonArray("data_list")
                .getJsonObject(0);
    }

    private int trouble(String user, String cloudId) {
        return new JsonObject(openData(user, cloudId).getString("json")).getInteger("errCode");
    }

    private JsonObject expectedPhone() {
        return new JsonObject()
                .put("phoneNumber", PHONE)
                .put("purePhoneNumber", PHONE)
                .put("countryCode", "86")
                .put("watermark", watermark());
    }

    private JsonObject watermark() {
        return new JsonObject()
                .put("timestamp", Math.toIntExact(clock.instant().getEpochSecond()))
                .put("appid", SHOP.appid());
    }

    /** As WeChat's own sample code does. */
    private static JsonObject open(JsonObject told, String sessionKey) throws Exception {
        Base64.Decoder base64 = Base64.getDecoder();
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(
                Cipher.DECRYPT_MODE,
                new SecretKeySpec(base64.decode(sessionKey), "AES"),
                new IvParameterSpec(base64.decode(told.getString("iv"))));
        byte[] opened = cipher.doFinal(base64.decode(told.getString("encryptedData")));
        return new JsonObject(new String(opened, StandardCharsets.UTF_8));
    }
}
