package dev.berth.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.Caller;
import dev.berth.core.OpenData;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeChatOpenDataTest {
    private final MovedClock clock = new MovedClock();
    private final CloudIds cloudIds = new CloudIds(new byte[32]);
    private final OpenData openData = new WeChatOpenData(cloudIds, clock);

    private static String sha1(String text) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest);
    }

    private static OpenData.Given signed(String rawData, String signature) {
        OpenData.Given phone = Page.phone();
        return new OpenData.Given(
                phone.encryptedData(), phone.iv(), Optional.of(new OpenData.Signed(rawData, signature)));
    }

    @Test
    @Tag("OA-31")
    void whatWeChatGaveToAPageBecomesACloudIdOfThisUserAndApp() {
        OpenData.Outcome outcome = openData.cloudId(Page.ALICE, Page.SESSION_KEY, Page.phone());
        assertThat(outcome).isInstanceOfSatisfying(OpenData.Made.class, made -> {
            CloudIds.Content content = cloudIds.open(made.cloudId()).orElseThrow();
            assertThat(content.appId()).isEqualTo(Page.APP);
            assertThat(content.openId()).isEqualTo("o-alice");
            assertThat(content.madeAt()).isEqualTo(clock.instant());
            assertThat(content.data()).hasToString(Page.PHONE);
        });
    }

    @Test
    @Tag("OA-31")
    void anotherSessionKeyOpensNothingAndTheHintSaysWhy() {
        assertThat(openData.cloudId(Page.ALICE, Page.OTHER_KEY, Page.phone()))
                .isInstanceOfSatisfying(OpenData.Refused.class, refused -> {
                    assertThat(refused.errcode()).isEqualTo(-41003);
                    assertThat(refused.hint()).contains("Sign in again", "press the button again");
                    assertThat(refused.toString()).doesNotContain(Page.OTHER_KEY);
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no JSON",
                "[]",
                "{}",
                "{\"watermark\":{}}",
                "{\"watermark\":{\"appid\":\"wx2222222222222222\"}}",
                "{\"watermark\":{\"appid\":null}}",
            })
    @Tag("OA-31")
    void dataOfNoAppOrAnotherIsRefused(String plain) {
        assertThat(openData.cloudId(Page.ALICE, Page.SESSION_KEY, Page.encrypted(plain)))
                .isInstanceOfSatisfying(
                        OpenData.Refused.class,
                        refused -> assertThat(refused.errcode()).isEqualTo(-41003));
    }

    @Test
    @Tag("OA-31")
    void theAppIsTheSessionsNotTheDatas() {
        Caller guest = new Caller(Page.OTHER_APP, "o-guest", Optional.empty());
        assertThat(openData.cloudId(guest, Page.SESSION_KEY, Page.phone()))
                .isInstanceOfSatisfying(
                        OpenData.Refused.class,
                        refused -> assertThat(refused.errmsg())
                                .isEqualTo("watermark.appid: wx1111111111111111 (expected: wx2222222222222222)"));
    }

    @Test
    @Tag("OA-31")
    void aSignatureIsVerifiedWhereThereIsOne() throws Exception {
        String rawData = "{\"nickName\":\"爱丽丝\"}";
        OpenData.Given right = signed(rawData, sha1(rawData + Page.SESSION_KEY));
        assertThat(openData.cloudId(Page.ALICE, Page.SESSION_KEY, right)).isInstanceOf(OpenData.Made.class);
        OpenData.Given forged = signed("{\"nickName\":\"Bob\"}", sha1(rawData + Page.SESSION_KEY));
        assertThat(openData.cloudId(Page.ALICE, Page.SESSION_KEY, forged))
                .isInstanceOfSatisfying(
                        OpenData.Refused.class,
                        refused -> assertThat(refused.errcode()).isEqualTo(87009));
        assertThat(forged.toString()).doesNotContain("Bob");
    }
}
