package dev.berth.functions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import berth.wx.Openapi.CommApiData;
import berth.wx.Openapi.CommOpenApiResp;
import berth.wx.Openapi.KeyValuePair;
import berth.wx.Openapi.OpenApiData;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.berth.core.AdminActions;
import dev.berth.core.Asker;
import dev.berth.core.Origin;
import dev.berth.core.WeChat;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OpenApiActionTest {
    private static final String TO_USER = "080012130a110a06746f757365721207226f5553455222";
    private static final String NOT_PERMITTED = "18bb90dbffffffffffff01";

    private final AdminRoom room = new AdminRoom();

    @AfterEach
    void close() {
        room.close();
    }

    @Test
    @Tag("AD-36")
    @Tag("AD-38")
    void weChatIsAskedInTheNameOfTheAppThatOwnsTheEnvironment() {
        LiveInvocation alices = room.runsForAlice();
        room.answer(openApi(alices, "subscribeMessage.send", TO_USER));
        assertThat(room.asked).singleElement().satisfies(question -> {
            assertThat(question.asker()).isEqualTo(new Asker.FunctionAsker(AdminRoom.ORDER, alices.requestId()));
            assertThat(question.appId()).isEqualTo(AdminRoom.APP);
            assertThat(question.method()).isEqualTo("POST");
            assertThat(question.path()).isEqualTo("/cgi-bin/message/subscribe/send");
            assertThat(question.query()).isEmpty();
            assertThat(question.contentType()).contains("application/json");
            assertThat(question.body()).asString(UTF_8).isEqualTo("{\"touser\":\"oUSER\"}");
        });
        assertThat(room.log).isEmpty();
    }

    @Test
    @Tag("AD-24")
    @Tag("AD-40")
    @Tag("AD-115")
    void whatWeChatSaysIsHandedOnUnchanged() {
        room.weChatAnswers =
                new WeChat.Answered(200, "application/json", "{\"errcode\":0,\"errmsg\":\"ok\"}".getBytes(UTF_8));
        AdminActions.Answer answer = room.answer(openApi(room.runsForAlice(), "subscribeMessage.send", TO_USER));
        assertThat(answer.contentType()).isEqualTo("application/octet-stream");
        assertThat(HexFormat.of().formatHex(answer.body()))
                .isEqualTo(
                        "0a1b7b22657272636f6465223a302c226572726d7367223a226f6b227d12106170706c69636174696f6e2f6a736f6e20c801");
    }

    @Test
    @Tag("AD-41")
    void weChatsErrorsArePartOfWhatItSays() throws InvalidProtocolBufferException {
        room.weChatAnswers = AdminRoom.json("{\"errcode\":43101,\"errmsg\":\"user refuse to accept the msg\"}");
        CommOpenApiResp answer = message(openApi(room.runsForAlice(), "subscribeMessage.send", TO_USER));
        assertThat(answer.getRespData().toStringUtf8()).contains("43101");
        assertThat(answer.getErrorCode()).isZero();
        assertThat(room.log).isEmpty();
    }

    @ParameterizedTest
    @Tag("AD-38")
    @ValueSource(
            strings = {
                "080012003212777832323232323232323232323232323232", // field 6, from 2.3 on
                "080012002a12777832323232323232323232323232323232" // field 5, in 2.2.0
            })
    void anotherAppMayBeNamed(String requestData) {
        room.answer(openApi(room.runsForAlice(), "subscribeMessage.send", requestData));
        assertThat(room.asked)
                .singleElement()
                .satisfies(question -> assertThat(question.appId()).isEqualTo(AdminRoom.OTHER_APP));
    }

    @Test
    @Tag("AD-26")
    void withoutTokenNothingIsAsked() {
        LiveInvocation operators = room.runs(Origin.operator());
        JsonNode answer = AdminRoom.read(room.answer(openApi(operators, "subscribeMessage.send", TO_USER)));
        assertThat(answer.path("code").asText()).isEqualTo("INVALID_PARAM");
        assertThat(answer.path("message").asText()).isEqualTo("missing wxCloudApiToken");
        assertThat(answer.path("requestId").asText()).isNotEmpty();
        assertThat(room.asked).isEmpty();
        assertThat(room.log)
                .containsExactly(
                        "[berth] openapi.subscribeMessage.send was refused (missing wxCloudApiToken): no user of WeChat and no timer is behind this invocation; invoke it as a user, as with berth invoke order --as USER");
    }

    @Test
    @Tag("AD-40")
    void aTokenWithoutAnybodyFromWeChatIsNotEnough() throws InvalidProtocolBufferException {
        LiveInvocation nested = room.runs(Origin.operator().throughFunction());
        assertThat(message(openApi(nested, "no.such", TO_USER)).getErrorCode()).isEqualTo(-604104);
        assertThat(room.log)
                .containsExactly(
                        "[berth] openapi.no.such was refused (-604104): no user of WeChat and no timer is behind this invocation; invoke it as a user, as with berth invoke order --as USER");
    }

    @Test
    @Tag("HO-59")
    void aTimerMayAsk() throws InvalidProtocolBufferException {
        LiveInvocation timers = room.runs(Origin.timer());
        assertThat(message(openApi(timers, "subscribeMessage.send", TO_USER)).getErrorCode())
                .isZero();
        assertThat(room.asked).hasSize(1);
    }

    @Test
    @Tag("AD-40")
    void aNameThatNobodyKnowsIsRefusedBeforePermissionsCount() throws InvalidProtocolBufferException {
        room.permissions = Set.of("subscribeMessage.sent");
        CommOpenApiResp answer = message(openApi(room.runsForAlice(), "subscribeMessage.sent", TO_USER));
        assertThat(answer.getErrorCode()).isEqualTo(-604100);
        assertThat(room.log)
                .containsExactly(
                        "[berth] openapi.subscribeMessage.sent was refused (-604100): there is no API of this name; nearest: subscribeMessage.send");
    }

    @Test
    @Tag("AD-40")
    @Tag("HO-53")
    void whatConfigJsonDoesNotListIsRefused() {
        AdminActions.Answer answer = room.answer(openApi(room.runsForAlice(), "urlscheme.generate", TO_USER));
        assertThat(HexFormat.of().formatHex(answer.body())).isEqualTo(NOT_PERMITTED);
        assertThat(answer.contentType()).isEqualTo("application/octet-stream");
        assertThat(room.asked).isEmpty();
        assertThat(room.log)
                .containsExactly(
                        "[berth] openapi.urlscheme.generate was refused (-604101): add \"urlscheme.generate\" to permissions.openapi in config.json of function 'order', and deploy it");
    }

    @Test
    @Tag("HO-53")
    void aPermissionHoldsAtOnceAndSoDoesItsLoss() throws InvalidProtocolBufferException {
        LiveInvocation alices = room.runsForAlice();
        room.permissions = Set.of("urlscheme.generate");
        assertThat(message(openApi(alices, "urlscheme.generate", TO_USER)).getErrorCode())
                .isZero();
        assertThat(message(openApi(alices, "subscribeMessage.send", TO_USER)).getErrorCode())
                .isEqualTo(-604101);
    }

    @ParameterizedTest
    @Tag("AD-40")
    @CsvSource({"TIMED_OUT, -604102", "BROKEN, -604103", "DENIED, -604103"})
    void whenWeChatDoesNotAnswerTheReasonIsInTheLog(WeChat.Cause cause, int code)
            throws InvalidProtocolBufferException {
        room.weChatAnswers = new WeChat.Unanswered(cause, "the reason");
        CommOpenApiResp answer = message(openApi(room.runsForAlice(), "subscribeMessage.send", TO_USER));
        assertThat(answer)
                .isEqualTo(CommOpenApiResp.newBuilder().setErrorCode(code).build());
        assertThat(room.log)
                .containsExactly("[berth] openapi.subscribeMessage.send was refused (%d): the reason".formatted(code));
    }

    @Test
    @Tag("AD-40")
    void anErrorOnTheWayIsNotTakenForWeChatsWord() throws InvalidProtocolBufferException {
        room.weChatAnswers = new WeChat.Answered(502, "text/html", "<html>".getBytes(UTF_8));
        assertThat(message(openApi(room.runsForAlice(), "subscribeMessage.send", TO_USER))
                        .getErrorCode())
                .isEqualTo(-604103);
        assertThat(room.log).singleElement().asString().contains("WeChat answered HTTP 502");
    }

    @Test
    @Tag("AD-39")
    void aPictureIsUploadedAsItIs() throws InvalidProtocolBufferException {
        byte[] picture = HexFormat.of().parseHex("89504e470d0a1a0a2020");
        CommApiData data = CommApiData.parseFrom(HexFormat.of().parseHex("08001200")).toBuilder()
                .setOpenapiData(OpenApiData.newBuilder()
                        .addPairs(KeyValuePair.newBuilder()
                                .setKey("media")
                                .setValue(ByteString.copyFrom(picture))
                                .setFilename("media.png")))
                .build();
        room.answer(openApi(
                room.runsForAlice(), "security.imgSecCheck", HexFormat.of().formatHex(data.toByteArray())));
        assertThat(room.asked).singleElement().satisfies(question -> {
            assertThat(question.contentType().orElseThrow()).startsWith("multipart/form-data; boundary=");
            assertThat(question.body()).containsSequence(picture);
        });
    }

    @ParameterizedTest
    @Tag("AD-24")
    @ValueSource(strings = {"ff", "0a05", "0801"})
    void whatIsNoRequestIsRefusedAsJson(String requestData) {
        JsonNode answer =
                AdminRoom.read(room.answer(openApi(room.runsForAlice(), "subscribeMessage.send", requestData)));
        assertThat(answer.path("code").asText()).isEqualTo("INVALID_PARAM");
        assertThat(room.asked).isEmpty();
    }

    @Test
    void aNameCannotForgeALineOfTheLog() throws InvalidProtocolBufferException {
        message(openApi(room.runsForAlice(), "a\nb" + "c".repeat(200), TO_USER));
        assertThat(room.log)
                .singleElement()
                .asString()
                .startsWith("[berth] openapi.a?bccc")
                .hasSizeLessThan(200);
    }

    private CommOpenApiResp message(AdminActions.Request request) throws InvalidProtocolBufferException {
        return CommOpenApiResp.parseFrom(room.answer(request).body());
    }

    private static AdminActions.Request openApi(LiveInvocation invocation, String name, String requestData) {
        return SignedRequest.of(invocation, "wx.openApi")
                .with("apiName", name)
                .with("requestData", HexFormat.of().parseHex(requestData))
                .form();
    }
}
