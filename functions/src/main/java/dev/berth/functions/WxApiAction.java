package dev.berth.functions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import berth.wx.Openapi.KeyValuePair;
import com.google.protobuf.ByteString;
import dev.berth.core.AdminActions;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** {@code wx.api}: {@code cloud.callOpenAPI}, the older way to the same APIs (AD-42). */
final class WxApiAction {
    private final CloudCalls calls;

    WxApiAction(CloudCalls calls) {
        this.calls = requireNonNull(calls, "calls is null");
    }

    /** Of an invocation whose token was sent. */
    AdminActions.Answer answer(LiveInvocation invocation, AdminFields fields) {
        List<KeyValuePair> pairs;
        try {
            pairs = pairs(fields.text("requestData"));
        } catch (IOException e) {
            return AdminAnswers.failure(
                    AdminAnswers.Code.INVALID_PARAM,
                    "data cannot be read: " + e.getMessage() + " (expected: an object)");
        }
        return switch (calls.call(invocation, fields.text("apiName"), "", pairs)) {
            case CloudCalls.Said said
            when isText(said.contentType()) ->
                AdminAnswers.success(AdminAnswers.newRequestId(), "responseData", new String(said.body(), UTF_8));
            case CloudCalls.Said said ->
                AdminAnswers.failure(
                        AdminAnswers.Code.SYS_ERR,
                        "WeChat answered %s, which callOpenAPI cannot carry; use cloud.openapi"
                                .formatted(said.contentType()));
            case CloudCalls.Refused refused ->
                AdminAnswers.success(AdminAnswers.newRequestId(), "responseData", asWeChat(refused));
        };
    }

    private static List<KeyValuePair> pairs(String data) throws IOException {
        Map<String, String> members = data.isEmpty() ? Map.of() : RawJson.members(data);
        return members.entrySet().stream()
                .map(member -> KeyValuePair.newBuilder()
                        .setKey(member.getKey())
                        .setValue(ByteString.copyFromUtf8(member.getValue()))
                        .build())
                .toList();
    }

    private static boolean isText(String contentType) {
        return contentType.startsWith("application/json") || contentType.startsWith("text/");
    }

    /** The form has no place for numbers of the platform's own; where WeChat's errors are, every caller looks. */
    private static String asWeChat(CloudCalls.Refused refused) {
        return "{\"errcode\":%d,\"errmsg\":%s}"
                .formatted(
                        refused.refusal().code(),
                        RawJson.quoted(refused.refusal().text()));
    }
}
