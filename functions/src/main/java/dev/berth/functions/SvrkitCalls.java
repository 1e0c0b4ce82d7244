package dev.berth.functions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import berth.wx.Openapi.ApiVoipSignReq;
import berth.wx.Openapi.ApiVoipSignResp;
import berth.wx.Openapi.CommApiData;
import berth.wx.Openapi.CommOpenApiResp;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.util.Optional;

/** {@code getOpenData}, {@code getVoIPSign} and {@code getCloudCallSign} (AD-45 to AD-48). Thread-safe; blocks. */
final class SvrkitCalls {
    /** AD-112: system error. */
    private static final int SYSTEM_ERROR = -601001;

    private static final int ARGUMENT_ERROR = -601002;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final CloudCalls calls;
    private final OpenDataCall openData;

    SvrkitCalls(CloudCalls calls, OpenDataCall openData) {
        this.calls = requireNonNull(calls, "calls is null");
        this.openData = requireNonNull(openData, "openData is null");
    }

    CommOpenApiResp answer(LiveInvocation invocation, CommApiData data) {
        String name = data.getSvrkitData().getApiName();
        if (!invocation.origin().isWeChat()) {
            return OpenApiAction.refused(calls.noCaller(invocation, name));
        }
        ByteString request = data.getSvrkitData().getReqData();
        try {
            return switch (name) {
                case "ApiGetOpenDataByCloudId" -> openData.answer(invocation, data.getAppid(), request);
                case "ApiVoipSign" -> voipSign(invocation, ApiVoipSignReq.parseFrom(request));
                default -> notOffered(invocation, name);
            };
        } catch (InvalidProtocolBufferException e) {
            return failed(ARGUMENT_ERROR);
        }
    }

    /** WeChat's open API for it is {@code cloudbase.getVoIPSign}. */
    private CommOpenApiResp voipSign(LiveInvocation invocation, ApiVoipSignReq asked) {
        byte[] body = JSON.createObjectNode()
                .put("group_id", asked.getGroupId())
                .put("timestamp", Integer.toUnsignedLong(asked.getTimestamp()))
                .put("nonce", asked.getNonce())
                .toString()
                .getBytes(UTF_8);
        OpenApiRequest request =
                new OpenApiRequest("POST", "/wxa/getvoipsign", "", Optional.of("application/json"), body);
        return switch (calls.ask(invocation, "getVoIPSign", "", request)) {
            case CloudCalls.Refused refused -> OpenApiAction.refused(refused);
            case CloudCalls.Said said -> signed(said.body());
        };
    }

    private static CommOpenApiResp signed(byte[] body) {
        JsonNode said = read(body);
        return said.path("signature").isTextual()
                ? succeeded(ApiVoipSignResp.newBuilder()
                        .setSignature(said.path("signature").asText())
                        .build()
                        .toByteString())
                : failed(said.path("errcode").asInt(SYSTEM_ERROR));
    }

    /** {@code GetCloudCallSign} among them (AD-47). */
    private static CommOpenApiResp notOffered(LiveInvocation invocation, String name) {
        invocation
                .log()
                .accept(
                        InvocationLog.refused(
                                name,
                                Integer.toString(SYSTEM_ERROR),
                                "WeChat publishes no API that makes this signature; what needs it must run on WeChat's own platform"));
        return failed(SYSTEM_ERROR);
    }

    /** An empty object for what cannot be read. */
    static JsonNode read(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException notJson) {
            return JSON.createObjectNode();
        }
    }

    /** AD-48. */
    static CommOpenApiResp succeeded(ByteString message) {
        return CommOpenApiResp.newBuilder()
                .setRespData(message)
                .setSvrkitErrorCode(0)
                .build();
    }

    /** AD-48: nothing but the code. */
    static CommOpenApiResp failed(int code) {
        return CommOpenApiResp.newBuilder().setSvrkitErrorCode(code).build();
    }
}
