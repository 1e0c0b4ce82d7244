package dev.berth.functions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.core.AdminActions;
import dev.berth.core.Origin;
import dev.berth.core.WeChat;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AdminTest {
    private final AdminRoom room = new AdminRoom();

    @AfterEach
    void close() {
        room.close();
    }

    @ParameterizedTest
    @Tag("AD-1")
    @Tag("AD-22")
    @CsvSource({"GET, /admin", "POST, /", "POST, /admin/x"})
    void onlyThePostToAdminIsAnswered(String method, String path) {
        AdminActions.Request request = SignedRequest.of(room.runsForAlice(), "functions.invokeFunction")
                .json();
        JsonNode answer = AdminRoom.read(room.answer(new AdminActions.Request(
                method, request.host(), path, request.query(), request.headers(), request.body())));
        assertThat(answer.path("code").asText()).isEqualTo("INVALID_PARAM");
        assertThat(answer.path("message").asText()).contains("expected: POST …/admin");
        assertThat(room.invoked).isEmpty();
    }

    @ParameterizedTest
    @Tag("AD-23")
    @CsvSource({"application/json, nonsense", "multipart/form-data; boundary=x, nonsense", "'', ''"})
    void aBodyThatCannotBeReadIsSaidSo(String contentType, String body) {
        JsonNode answer = AdminRoom.read(room.answer(new AdminActions.Request(
                "POST", "h", "/admin", "", Map.of("content-type", contentType), body.getBytes(UTF_8))));
        assertThat(answer.path("code").asText()).isEqualTo("INVALID_PARAM");
        assertThat(answer.path("message").asText()).startsWith("the body cannot be read: ");
        assertThat(answer.path("requestId").asText()).isNotEmpty();
    }

    @ParameterizedTest
    @Tag("AD-64")
    @Tag("AD-66")
    @CsvSource({
        "database.getDocument, the database",
        "database.queryDocument, the database",
        "storage.getUploadMetadata, storage",
        "storage.batchDeleteFile, storage",
        "no.such, this action"
    })
    void whatIsNotThereYetIsNotOpened(String action, String what) {
        notOpened(SignedRequest.of(room.runsForAlice(), action).json(), action, what);
    }

    @Test
    @Tag("AD-24")
    @Tag("AD-72")
    void payIsNotOpened() {
        notOpened(
                SignedRequest.of(room.runsForAlice(), "wx.wxPayApi")
                        .with("apiName", "unifiedOrder")
                        .with("apiOptions", new byte[0]) // hashed: an empty Buffer is something to JavaScript
                        .with("requestData", "{}".getBytes(UTF_8))
                        .form(),
                "wx.wxPayApi",
                "pay");
    }

    @Test
    @Tag("AD-42")
    void theOldWayToOpenApis() {
        room.weChatAnswers = AdminRoom.json("{\"errcode\":0,\"msgid\":1234567890123456789}");
        JsonNode answer = AdminRoom.read(
                room.answer(old("subscribeMessage.send", "{\"touser\":\"oUSER\",\"n\":12345678901234567890}")));
        assertThat(answer.path("data").path("responseData").asText())
                .isEqualTo("{\"errcode\":0,\"msgid\":1234567890123456789}");
        assertThat(answer.path("requestId").asText()).isNotEmpty();
        assertThat(room.asked)
                .singleElement()
                .satisfies(question -> assertThat(question.body())
                        .asString(UTF_8)
                        .isEqualTo("{\"touser\":\"oUSER\",\"n\":12345678901234567890}"));
    }

    @ParameterizedTest
    @Tag("AD-40")
    @Tag("AD-42")
    @CsvSource({
        "urlscheme.generate, -604101, function has no permission to call this API",
        "a.b, -604100, API not found"
    })
    void itsRefusalsAreWhereWeChatsErrorsAre(String name, int code, String text) {
        JsonNode answer = AdminRoom.read(room.answer(old(name, "{}")));
        assertThat(answer.path("data").path("responseData").asText())
                .isEqualTo("{\"errcode\":%d,\"errmsg\":\"%s\"}".formatted(code, text));
        assertThat(room.log).hasSize(1);
    }

    @Test
    @Tag("AD-42")
    void itCarriesNoPictures() {
        room.weChatAnswers = new WeChat.Answered(200, "image/png", new byte[] {1});
        JsonNode answer = AdminRoom.read(room.answer(old("subscribeMessage.send", "{}")));
        assertThat(answer.path("code").asText()).isEqualTo("SYS_ERR");
        assertThat(answer.path("message").asText()).contains("image/png");
    }

    @ParameterizedTest
    @Tag("AD-42")
    @CsvSource({"[]", "nonsense"})
    void itsDataMustBeAnObject(String data) {
        JsonNode answer = AdminRoom.read(room.answer(old("subscribeMessage.send", data)));
        assertThat(answer.path("code").asText()).isEqualTo("INVALID_PARAM");
    }

    @Test
    @Tag("AD-26")
    @Tag("AD-42")
    void itNeedsATokenToo() {
        AdminActions.Request request = SignedRequest.of(room.runs(Origin.operator()), "wx.api")
                .with("apiName", "subscribeMessage.send")
                .with("requestData", "{}")
                .json();
        assertThat(AdminRoom.read(room.answer(request)).path("message").asText())
                .isEqualTo("missing wxCloudApiToken");
        assertThat(room.asked).isEmpty();
    }

    @Test
    void noSecretOfAnInvocationIsShown() {
        LiveInvocation alices = room.runsForAlice();
        assertThat(alices.toString()).doesNotContain(alices.token(), alices.secretId(), alices.secretKey());
    }

    private void notOpened(AdminActions.Request request, String action, String what) {
        JsonNode answer = AdminRoom.read(room.answer(request));
        assertThat(answer.path("code").asText()).isEqualTo("RESOURCE_NOT_INITIAL");
        assertThat(answer.path("message").asText())
                .isEqualTo(what + " is not opened in this environment: Berth does not offer it yet");
        assertThat(room.log)
                .singleElement()
                .asString()
                .startsWith("[berth] " + action + " was refused (RESOURCE_NOT_INITIAL): ");
    }

    private AdminActions.Request old(String name, String data) {
        return SignedRequest.of(room.runsForAlice(), "wx.api")
                .with("apiName", name)
                .with("requestData", data)
                .json();
    }
}
