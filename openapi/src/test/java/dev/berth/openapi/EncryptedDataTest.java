package dev.berth.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The samples that WeChat publishes: of the page framework/open-ability/signature and of its demo WXBizDataCrypt. */
class EncryptedDataTest {
    private static final String ENCRYPTED =
            "CiyLU1Aw2KjvrjMdj8YKliAjtP4gsMZMQmRzooG2xrDcvSnxIMXFufNstNGTyaGS9uT5geRa0W4oTOb1WT7fJlAC+oNPdbB+3hVbJSRgv+4l"
                    + "GOETKUQz6OYStslQ142dNCuabNPGBzlooOmB231qMM85d2/fV6ChevvXvQP8Hkue1poOFtnEtpyxVLW1zAo6/1Xx1COxFvrc2d7UL/lm"
                    + "HInNlxuacJXwu0fjpXfz/YqYzBIBzD6WUfTIF9GRHpOn/Hz7saL8xz+W//FRAUid1OksQaQx4CMs8LOddcQhULW4ucetDf96JcR3g0gf"
                    + "RK4PC7E/r7Z6xNrXd2UIeorGj5Ef7b1pJAYB6Y5anaHqZ9J6nKEBvB4DnNLIVWSgARns/8wR2SiRS7MNACwTyrGvt9ts8p12PKFdlqYT"
                    + "opNHR1Vf7XjfhQlVsAJdNiKdYmYVoKlaRv85IfVunYzO0IKXsyl7JCUjCpoG20f0a04COwfneQAGGwd5oa+T8yO5hzuyDb/XcxxmK01E"
                    + "pqOyuxINew==";
    private static final String KEY = "tiihtNczf5v6AKRyjwEUhQ==";
    private static final String IV = "r7BXXKkLb8qrSNn05n0qiA==";

    private static final String RAW_DATA =
            "{\"nickName\":\"Band\",\"gender\":1,\"language\":\"zh_CN\",\"city\":\"Guangzhou\",\"province\":\"Guangdong\",\"country\":\"CN\",\"avatarUrl\":\"http://wx.qlogo.cn/mmopen/vi_32/1vZvI39NWFQ9XM4LtQpFrQJ1xlgZxx3w7bQxKARol6503Iuswjjn6nIGBiaycAjAtpujxyzYsrztuuICqIM5ibXQ/0\"}";
    private static final String RAW_KEY = "HyVFkGl5F5OQWJZZaNzBBg==";
    private static final String SIGNATURE = "75e81ceda165f4ffa64f4068af58c64b8f54b88c";

    @Test
    @Tag("OA-31")
    void whatWeChatsDemoEncryptedIsRead() {
        assertThat(new String(EncryptedData.decrypt(KEY, ENCRYPTED, IV).orElseThrow(), UTF_8))
                .startsWith("{\"openId\":\"oGZUI0egBJY1zhBYw2KhdUfwVJJE\",\"nickName\":\"Band\"")
                .endsWith("\"watermark\":{\"timestamp\":1477314187,\"appid\":\"wx4f4bc4dec97d474b\"}}");
    }

    @ParameterizedTest
    @CsvSource({
        RAW_KEY + ",same,same",
        "'',same,same",
        "no Base64,same,same",
        "c2hvcnQ=,same,same",
        KEY + ",Ci*,same",
        KEY + ",c2hvcnQ=,same",
        KEY + ",same,''",
        KEY + ",same,c2hvcnQ=",
        KEY + ",same,no Base64",
    })
    @Tag("OA-31")
    void anythingElseIsNot(String key, String data, String iv) {
        assertThat(EncryptedData.decrypt(key, data.equals("same") ? ENCRYPTED : data, iv.equals("same") ? IV : iv))
                .isEmpty();
    }

    @Test
    @Tag("OA-31")
    void theSignatureOfTheDocumentationIsRight() {
        assertThat(EncryptedData.isSigned(RAW_KEY, RAW_DATA, SIGNATURE)).isTrue();
        assertThat(EncryptedData.isSigned(RAW_KEY, RAW_DATA.replace("Band", "Bond"), SIGNATURE))
                .isFalse();
        assertThat(EncryptedData.isSigned(KEY, RAW_DATA, SIGNATURE)).isFalse();
        assertThat(EncryptedData.isSigned(RAW_KEY, RAW_DATA, "")).isFalse();
    }
}
