package dev.berth.functions;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import berth.wx.Openapi.CommApiData;
import berth.wx.Openapi.KeyValuePair;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OpenApiRequestTest {
    private static final ApiNames NAMES = ApiNames.known();

    @Test
    @Tag("AD-36")
    @Tag("AD-37")
    void aPostIsOneObjectOfAllParameters() throws InvalidProtocolBufferException {
        CommApiData data =
                CommApiData.parseFrom(HexFormat.of().parseHex("080012130a110a06746f757365721207226f5553455222"));
        assertThat(data.getApiType()).isEqualTo(CommApiData.ApiType.OPEN_API);
        OpenApiRequest request =
                of("subscribeMessage.send", data.getOpenapiData().getPairsList());
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/cgi-bin/message/subscribe/send");
        assertThat(request.query()).isEmpty();
        assertThat(request.contentType()).contains("application/json");
        assertThat(body(request)).isEqualTo("{\"touser\":\"oUSER\"}");
    }

    @Test
    @Tag("AD-37")
    void valuesKeepTheirSpelling() {
        OpenApiRequest request = of(
                "templateMessage.send",
                List.of(
                        json("a", "12345678901234567890123"),
                        json("b", "1.10"),
                        json("data", "{\"keyword1\":{\"value\":\"中\\u6587\"}}"),
                        json("q\"", "null")));
        assertThat(body(request))
                .isEqualTo(
                        "{\"a\":12345678901234567890123,\"b\":1.10,\"data\":{\"keyword1\":{\"value\":\"中\\u6587\"}},\"q\\\"\":null}");
    }

    @Test
    @Tag("AD-37")
    void whatIsNoJsonIsAText() {
        assertThat(body(of("templateMessage.send", List.of(json("a", "x\",\"b\":1"), json("c", "1,2")))))
                .isEqualTo("{\"a\":\"x\\\",\\\"b\\\":1\",\"c\":\"1,2\"}");
    }

    @Test
    @Tag("AD-38")
    void theEmptyRequestIsAnEmptyObject() throws InvalidProtocolBufferException {
        CommApiData data = CommApiData.parseFrom(HexFormat.of().parseHex("08001200"));
        OpenApiRequest request =
                of("subscribeMessage.send", data.getOpenapiData().getPairsList());
        assertThat(body(request)).isEqualTo("{}");
        assertThat(request.contentType()).contains("application/json");
    }

    @Test
    @Tag("AD-37")
    void aGetHasItsParametersInTheQueryWithoutQuotes() {
        OpenApiRequest request = of(
                "subscribeMessage.getPubTemplateTitleList",
                List.of(json("ids", "\"2,616 文\""), json("start", "0"), json("limit", "12345678901234567890")));
        assertThat(request.method()).isEqualTo("GET");
        assertThat(request.query()).isEqualTo("ids=2%2C616%20%E6%96%87&start=0&limit=12345678901234567890");
        assertThat(request.contentType()).isEmpty();
        assertThat(request.body()).isEmpty();
    }

    @Test
    @Tag("AD-92")
    @Tag("AD-93")
    void anAddressOfAPictureStandsInTheQueryOfAPostWithoutBody() {
        OpenApiRequest request = of(
                "ocr.idcard", List.of(json("type", "\"photo\""), json("img_url", "\"https://example.com/a.png?b=1\"")));
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.query()).isEqualTo("type=photo&img_url=https%3A%2F%2Fexample.com%2Fa.png%3Fb%3D1");
        assertThat(request.contentType()).isEmpty();
        assertThat(request.body()).isEmpty();
    }

    @Test
    @Tag("AD-94")
    void someParametersOfAPostStandInItsQuery() {
        OpenApiRequest request =
                of("cloudbase.getOpenData", List.of(json("openid", "\"oUSER\""), json("cloudid_list", "[\"43_A\"]")));
        assertThat(request.query()).isEqualTo("openid=oUSER");
        assertThat(body(request)).isEqualTo("{\"cloudid_list\":[\"43_A\"]}");
    }

    @Test
    @Tag("AD-39")
    void aFileIsAnUpload() throws InvalidProtocolBufferException {
        byte[] captured = HexFormat.of()
                .parseHex("08 00 12 1a 0a 18 0a 05 6d 65 64 69 61 12 04 89 50 4e 47 22 09 6d 65 64 69 61 2e 70 6e 67"
                        .replace(" ", ""));
        OpenApiRequest request = of(
                "security.imgSecCheck",
                CommApiData.parseFrom(captured).getOpenapiData().getPairsList());
        String boundary = request.contentType().orElseThrow().replace("multipart/form-data; boundary=", "");
        assertThat(new String(request.body(), ISO_8859_1))
                .isEqualTo(
                        "--%s\r\nContent-Disposition: form-data; name=\"media\"; filename=\"media.png\"\r\nContent-Type: image/png\r\n\r\n\u0089PNG\r\n--%s--\r\n"
                                .formatted(boundary, boundary));
    }

    @Test
    @Tag("AD-39")
    @Tag("AD-87")
    void whatBelongsToAFileStandsInTheQueryOrBesideIt() {
        OpenApiRequest request = of(
                "officialAccount.material.addMaterial",
                List.of(
                        json("type", "\"video\""),
                        json("description", "\"{\\\"title\\\":\\\"t\\\"}\""),
                        file("media", "a\"b\r\n.mp4")));
        assertThat(request.query()).isEqualTo("type=video");
        assertThat(body(request))
                .contains("name=\"description\"\r\n\r\n{\"title\":\"t\"}\r\n")
                .contains("name=\"media\"; filename=\"a%22b%0D%0A.mp4\"\r\nContent-Type: video/mp4\r\n\r\nbytes\r\n");
    }

    @ParameterizedTest
    @Tag("AD-39")
    @CsvSource({
        "media.jpeg, image/jpeg",
        "media.jpg, image/jpeg",
        "media.GIF, image/gif",
        "media.mpga, audio/mpeg",
        "media.amr, audio/amr",
        "media.xyz, application/octet-stream",
        "media, application/octet-stream"
    })
    void theTypeOfAFileIsThatOfItsExtension(String name, String type) {
        assertThat(body(of("security.imgSecCheck", List.of(file("media", name)))))
                .contains("\r\nContent-Type: " + type + "\r\n\r\n");
    }

    private static OpenApiRequest of(String name, List<KeyValuePair> pairs) {
        return OpenApiRequest.of(NAMES.named(name).orElseThrow(), pairs);
    }

    private static String body(OpenApiRequest request) {
        return new String(request.body(), UTF_8);
    }

    private static KeyValuePair json(String key, String value) {
        return KeyValuePair.newBuilder()
                .setKey(key)
                .setValue(ByteString.copyFromUtf8(value))
                .build();
    }

    private static KeyValuePair file(String key, String name) {
        return KeyValuePair.newBuilder()
                .setKey(key)
                .setValue(ByteString.copyFromUtf8("bytes"))
                .setFilename(name)
                .build();
    }
}
