package dev.berth.functions;

import static java.util.Objects.requireNonNull;

import berth.wx.Openapi.CommApiData;
import berth.wx.Openapi.CommOpenApiResp;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.berth.core.AdminActions;

/** {@code wx.openApi}: {@code cloud.openapi…}, and what travels beside it in the same envelope (AD-36, section 8). */
final class OpenApiAction {
    private final CloudCalls calls;
    private final SvrkitCalls svrkit;
    private final CrossAccountCall crossAccount;

    OpenApiAction(CloudCalls calls, SvrkitCalls svrkit, CrossAccountCall crossAccount) {
        this.calls = requireNonNull(calls, "calls is null");
        this.svrkit = requireNonNull(svrkit, "svrkit is null");
        this.crossAccount = requireNonNull(crossAccount, "crossAccount is null");
    }

    /** Of an invocation whose token was sent. */
    AdminActions.Answer answer(LiveInvocation invocation, AdminFields fields) {
        CommApiData data;
        try {
            data = RequestData.read(fields.bytes("requestData"));
        } catch (InvalidProtocolBufferException e) {
            return AdminAnswers.failure(
                    AdminAnswers.Code.INVALID_PARAM, "requestData is no CommApiData: " + e.getMessage());
        }
        return switch (data.getApiType()) {
            case OPEN_API -> AdminAnswers.message(openApi(invocation, fields.text("apiName"), data));
            case SVRKIT_API -> AdminAnswers.message(svrkit.answer(invocation, data));
            case TOKEN_API -> AdminAnswers.message(crossAccount.answer(invocation, data.getTokenData()));
            case INNER_API ->
                AdminAnswers.failure(AdminAnswers.Code.INVALID_PARAM, "INNER_API is not offered"); // AD-104
        };
    }

    private CommOpenApiResp openApi(LiveInvocation invocation, String name, CommApiData data) {
        return switch (calls.call(
                invocation, name, data.getAppid(), data.getOpenapiData().getPairsList())) {
            case CloudCalls.Said said ->
                CommOpenApiResp.newBuilder() // AD-40, AD-115
                        .setRespData(ByteString.copyFrom(said.body()))
                        .setContentType(said.contentType())
                        .setHttpCode(said.status())
                        .build();
            case CloudCalls.Refused refused -> refused(refused);
        };
    }

    /** AD-40: nothing but the code. */
    static CommOpenApiResp refused(CloudCalls.Refused refused) {
        return CommOpenApiResp.newBuilder()
                .setErrorCode(refused.refusal().code())
                .build();
    }
}
