package dev.berth.functions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.AdminActions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AdminBodyTest {
    private static final String FORM = "multipart/form-data; boundary=--------------------------fe0b";

    @Test
    @Tag("AD-17")
    void aFormHoldsTextsAndFilesWithoutName() throws IOException {
        AdminFields fields = AdminBody.read(FORM, form());
        assertThat(fields.all().keySet())
                .containsExactly("action", "apiname", "requestdata", "envname", "tcb_sessiontoken");
        assertThat(fields.text("action")).isEqualTo("wx.openApi");
        assertThat(fields.bytes("requestData")).isEqualTo(HexFormat.of().parseHex("08001200ff0d0a2d2d"));
        assertThat(fields.all())
                .hasEntrySatisfying(
                        "requestdata", file -> assertThat(file.binary()).isTrue())
                .hasEntrySatisfying("action", text -> assertThat(text.binary()).isFalse());
        assertThat(fields.text("tcb_sessionToken")).isEmpty();
        assertThat(fields.text("cgiName")).isEmpty();
    }

    @Test
    @Tag("AD-9")
    void jsonHoldsTextsAndOtherValuesAsTheyWereWritten() throws IOException {
        AdminFields fields = json("{ \"action\" : \"x\\u6587\" , \"limit\": 12345678901234567890.10 , \"multi\":false,"
                + "\"stages\":[ {\"a\":\"}\"} ], \"n\":null}");
        assertThat(fields.text("action")).isEqualTo("x文");
        assertThat(fields.text("limit")).isEqualTo("12345678901234567890.10");
        assertThat(fields.text("multi")).isEqualTo("false");
        assertThat(fields.text("stages")).isEqualTo("[ {\"a\":\"}\"} ]");
        assertThat(fields.text("n")).isEqualTo("null");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "\"a\"", "{\"a\":1", "{\"a\":1}{}", "{\"a\":1} x", "nonsense"})
    void whatIsNoJsonObjectIsRefused(String body) {
        assertThatThrownBy(() -> json(body)).isInstanceOf(IOException.class);
    }

    @Test
    void whatIsNotUtf8IsRefused() {
        assertThatThrownBy(
                        () -> AdminBody.read("application/json", HexFormat.of().parseHex("7b2261223a22ff227d")))
                .isInstanceOf(IOException.class)
                .hasMessage("it is not UTF-8");
    }

    @Test
    void moreFieldsThanAnySdkSendsAreRefused() throws IOException {
        assertThat(json(object(AdminBody.MOST_FIELDS)).all()).hasSize(AdminBody.MOST_FIELDS);
        assertThatThrownBy(() -> json(object(AdminBody.MOST_FIELDS + 1)))
                .isInstanceOf(IOException.class)
                .hasMessage("it has too many fields (expected: <= 32)");
    }

    @Test
    void aFieldThatComesTwiceIsRefused() {
        byte[] form = """
                --x\r
                Content-Disposition: form-data; name="a"\r
                \r
                1\r
                --x\r
                Content-Disposition: form-data; name="A"\r
                \r
                2\r
                --x--\r
                """.getBytes(UTF_8);
        assertThatThrownBy(() -> AdminBody.read("multipart/form-data; boundary=x", form))
                .isInstanceOf(IOException.class)
                .hasMessage("it has a field twice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"multipart/form-data", "multipart/form-data; boundary=other"})
    void aFormWithoutItsBoundaryIsRefused(String contentType) {
        assertThatThrownBy(() -> AdminBody.read(contentType, "--x\r\nrubbish".getBytes(UTF_8)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void aFormThatEndsEarlyIsRefused() {
        byte[] whole = form();
        byte[] half = Arrays.copyOf(whole, whole.length / 2);
        assertThatThrownBy(() -> AdminBody.read(FORM, half)).isInstanceOf(IOException.class);
    }

    @Test
    void aBodyThatIsTooLongIsRefused() {
        assertThatThrownBy(() -> AdminBody.read("application/json", new byte[AdminActions.LONGEST_BODY + 1]))
                .isInstanceOf(IOException.class)
                .hasMessage("it has 20971521 bytes (expected: <= 20971520)");
    }

    @Test
    void noFieldIsShown() throws IOException {
        assertThat(json("{\"wxCloudApiToken\":\"secret\"}").toString()).doesNotContain("secret");
    }

    private static AdminFields json(String body) throws IOException {
        return AdminBody.read("application/json", body.getBytes(UTF_8));
    }

    private static String object(int fields) {
        return IntStream.range(0, fields)
                .mapToObj(i -> "\"f" + i + "\":\"1\"")
                .collect(Collectors.joining(",", "{", "}"));
    }

    /** Of AD-114. */
    private static byte[] form() {
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        part(form, "name=\"action\"\r\n", "wx.openApi".getBytes(UTF_8));
        part(form, "name=\"apiName\"\r\n", "templateMessage.send".getBytes(UTF_8));
        part(
                form,
                "name=\"requestData\"\r\nContent-Type: application/octet-stream\r\n",
                HexFormat.of().parseHex("08001200ff0d0a2d2d"));
        part(form, "name=\"envName\"\r\n", "poc-env".getBytes(UTF_8));
        part(form, "name=\"tcb_sessionToken\"\r\n", new byte[0]);
        form.writeBytes("----------------------------fe0b--\r\n".getBytes(UTF_8));
        return form.toByteArray();
    }

    private static void part(ByteArrayOutputStream form, String name, byte[] content) {
        form.writeBytes(("----------------------------fe0b\r\nContent-Disposition: form-data; " + name + "\r\n")
                .getBytes(UTF_8));
        form.writeBytes(content);
        form.writeBytes("\r\n".getBytes(UTF_8));
    }
}
