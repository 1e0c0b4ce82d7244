package dev.berth.functions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import berth.wx.Openapi.ApiGetOpenDataByCloudIdReq;
import berth.wx.Openapi.ApiGetOpenDataByCloudIdResp;
import berth.wx.Openapi.ApiVoipSignReq;
import berth.wx.Openapi.ApiVoipSignResp;
import berth.wx.Openapi.CommApiData;
import berth.wx.Openapi.CommOpenApiResp;
import berth.wx.Openapi.SvrkitApiData;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.berth.core.CloudIdOpener;
import dev.berth.core.Origin;
import dev.berth.core.WeChat;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class SvrkitCallsTest {
    private static final String OPENED = AdminRoom.APP + " oALICE ";

    private final AdminRoom room = new AdminRoom();

    @AfterEach
    void close() {
        room.close();
    }

    @Test
    @Tag("AD-45")
    @Tag("AD-116")
    void cloudIdsOfThisPlatformAreOpenedHere() throws InvalidProtocolBufferException {
        room.cloudIds.put(OPENED + "43_AAAA-cloudid-1", new CloudIdOpener.Opened("{\"phoneNumber\":\"13800138000\"}"));
        room.cloudIds.put(OPENED + "43_BBBB-cloudid-2", new CloudIdOpener.Unopened(-601006, "cloudID expired."));
        CommApiData data = openData("43_AAAA-cloudid-1", "43_BBBB-cloudid-2");
        assertThat(data.toByteArray())
                .asString(UTF_8)
                .isEqualTo(
                        "\b\u0002\"A\n\u0017ApiGetOpenDataByCloudId\u0012&\u0012\u001143_AAAA-cloudid-1\u0012\u001143_BBBB-cloudid-2");
        CommOpenApiResp answer = answer(room.runsForAlice(), data);
        assertThat(answer.getSvrkitErrorCode()).isZero();
        assertThat(items(answer))
                .containsExactly(
                        "{\"cloudID\":\"43_AAAA-cloudid-1\",\"data\":{\"phoneNumber\":\"13800138000\"}}",
                        "{\"cloudID\":\"43_BBBB-cloudid-2\",\"errCode\":-601006,\"errMsg\":\"cloudID expired.\"}");
        assertThat(room.asked).isEmpty();
    }

    @Test
    @Tag("AD-45")
    @Tag("OA-30")
    void otherCloudIdsAreWeChatsToOpenForTheCaller() throws InvalidProtocolBufferException {
        room.cloudIds.put(OPENED + "ours", new CloudIdOpener.Opened("{\"n\":1}"));
        room.weChatAnswers = AdminRoom.json(
                "{\"errcode\":0,\"data_list\":[{\"cloud_id\":\"weChats\",\"json\":\"{\\\"cloudID\\\":\\\"weChats\\\",\\\"data\\\":{\\\"n\\\":2}}\"}]}");
        CommOpenApiResp answer = answer(room.runsForAlice(), openData("ours", "weChats"));
        assertThat(items(answer))
                .containsExactly(
                        "{\"cloudID\":\"ours\",\"data\":{\"n\":1}}", "{\"cloudID\":\"weChats\",\"data\":{\"n\":2}}");
        assertThat(room.asked).singleElement().satisfies(question -> {
            assertThat(question.path()).isEqualTo("/wxa/getopendata");
            assertThat(question.query()).isEqualTo("openid=oALICE");
            assertThat(question.body()).asString(UTF_8).isEqualTo("{\"cloudid_list\":[\"weChats\"]}");
        });
    }

    @Test
    @Tag("AD-48")
    void whenNothingCanBeOpenedOnlyTheCodeIsSaid() {
        Bytes answer = bytes(room.runsForAlice(), openData("made up"));
        assertThat(answer.hex()).isEqualTo("30d3a8dbffffffffffff01");
    }

    @Test
    @Tag("AD-45")
    void aTimerOpensDataOfItsOwnAppOnly() throws InvalidProtocolBufferException {
        room.cloudIds.put(AdminRoom.APP + " anybody ours", new CloudIdOpener.Opened("{}"));
        room.cloudIds.put(AdminRoom.OTHER_APP + " anybody ours", new CloudIdOpener.Opened("{}"));
        LiveInvocation timers = room.runs(Origin.timer());
        assertThat(items(answer(timers, openData("ours")))).hasSize(1);
        CommApiData others =
                openData("ours").toBuilder().setAppid(AdminRoom.OTHER_APP).build();
        assertThat(answer(timers, others).getSvrkitErrorCode()).isEqualTo(-601007);
    }

    @Test
    @Tag("AD-46")
    void aVoipSignatureIsWeChats() throws InvalidProtocolBufferException {
        room.weChatAnswers = AdminRoom.json("{\"errcode\":0,\"errmsg\":\"ok\",\"signature\":\"call-sig\"}");
        Bytes answer = bytes(room.runsForAlice(), voip());
        assertThat(answer.hex()).isEqualTo("0a0a0a0863616c6c2d7369673000"); // AD-48
        assertThat(ApiVoipSignResp.parseFrom(answer.message().getRespData()).getSignature())
                .isEqualTo("call-sig");
        assertThat(room.asked).singleElement().satisfies(question -> {
            assertThat(question.path()).isEqualTo("/wxa/getvoipsign");
            assertThat(question.body())
                    .asString(UTF_8)
                    .isEqualTo("{\"group_id\":\"g\",\"timestamp\":4102444800,\"nonce\":\"n\"}");
        });
    }

    @Test
    @Tag("AD-46")
    @Tag("AD-48")
    void weChatsRefusalOfASignatureIsItsCode() throws InvalidProtocolBufferException {
        room.weChatAnswers = AdminRoom.json("{\"errcode\":40097,\"errmsg\":\"invalid args\"}");
        assertThat(answer(room.runsForAlice(), voip()).getSvrkitErrorCode()).isEqualTo(40097);
    }

    @Test
    @Tag("AD-40")
    void whenWeChatDoesNotAnswerItIsThePlatformsError() throws InvalidProtocolBufferException {
        room.weChatAnswers = new WeChat.Unanswered(WeChat.Cause.TIMED_OUT, "too late");
        assertThat(answer(room.runsForAlice(), voip()).getErrorCode()).isEqualTo(-604102);
        assertThat(answer(room.runsForAlice(), openData("weChats")).getErrorCode())
                .isEqualTo(-604102);
    }

    @Test
    @Tag("AD-47")
    void whatWeChatKeepsToItselfIsRefusedWithAWord() throws InvalidProtocolBufferException {
        CommOpenApiResp answer = answer(room.runsForAlice(), svrkit("GetCloudCallSign", ByteString.EMPTY));
        assertThat(answer)
                .isEqualTo(
                        CommOpenApiResp.newBuilder().setSvrkitErrorCode(-601001).build());
        assertThat(room.log).singleElement().asString().startsWith("[berth] GetCloudCallSign was refused (-601001): ");
    }

    @Test
    @Tag("AD-40")
    void nobodyFromWeChatGetsNothing() throws InvalidProtocolBufferException {
        LiveInvocation nested = room.runs(Origin.operator().throughFunction());
        for (CommApiData data : List.of(openData("ours"), voip())) {
            assertThat(answer(nested, data).getErrorCode()).isEqualTo(-604104);
        }
        assertThat(room.asked).isEmpty();
    }

    @Test
    @Tag("AD-26")
    void withoutTokenTheyAreNotEvenLookedAt() {
        CommApiData data = openData("ours");
        room.answer(SignedRequest.of(room.runs(Origin.operator()), "wx.openApi")
                .with("apiName", data.getSvrkitData().getApiName())
                .with("requestData", data.toByteArray())
                .form());
        assertThat(room.log)
                .singleElement()
                .asString()
                .startsWith("[berth] ApiGetOpenDataByCloudId was refused (missing wxCloudApiToken): ");
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Bytes(byte[] body) {
        String hex() {
            return HexFormat.of().formatHex(body);
        }

        CommOpenApiResp message() throws InvalidProtocolBufferException {
            return CommOpenApiResp.parseFrom(body);
        }
    }

    private CommOpenApiResp answer(LiveInvocation invocation, CommApiData data) throws InvalidProtocolBufferException {
        return bytes(invocation, data).message();
    }

    private Bytes bytes(LiveInvocation invocation, CommApiData data) {
        return new Bytes(room.answer(SignedRequest.of(invocation, "wx.openApi")
                        .with("apiName", data.getSvrkitData().getApiName())
                        .with("requestData", data.toByteArray())
                        .form())
                .body());
    }

    private static List<String> items(CommOpenApiResp answer) throws InvalidProtocolBufferException {
        return ApiGetOpenDataByCloudIdResp.parseFrom(answer.getRespData()).getDataListList().stream()
                .map(ApiGetOpenDataByCloudIdResp.OpDataItem::getJson)
                .toList();
    }

    private static CommApiData openData(String... ids) {
        return svrkit(
                "ApiGetOpenDataByCloudId",
                ApiGetOpenDataByCloudIdReq.newBuilder()
                        .addAllCloudidList(List.of(ids))
                        .build()
                        .toByteString());
    }

    private static CommApiData voip() {
        return svrkit(
                "ApiVoipSign",
                ApiVoipSignReq.newBuilder()
                        .setGroupId("g")
                        .setTimestamp((int) 4_102_444_800L)
                        .setNonce("n")
                        .build()
                        .toByteString());
    }

    private static CommApiData svrkit(String name, ByteString request) {
        return CommApiData.newBuilder()
                .setApiType(CommApiData.ApiType.SVRKIT_API)
                .setSvrkitData(SvrkitApiData.newBuilder().setApiName(name).setReqData(request))
                .build();
    }
}
