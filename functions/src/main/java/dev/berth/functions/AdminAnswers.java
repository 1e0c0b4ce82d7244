package dev.berth.functions;

import berth.wx.Openapi.CommOpenApiResp;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.core.AdminActions;
import java.util.UUID;

/** Answers in the forms that the SDK tells apart; their HTTP status is always 200 (AD-22). */
final class AdminAnswers {
    /** Exactly this, or the SDK takes the body of {@code wx.openApi} for something else (AD-24). */
    static final String JSON = "application/json; charset=utf-8";

    static final String BINARY = "application/octet-stream";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private AdminAnswers() {}

    /** The string codes that the SDK knows (AD-111), as it spells them. */
    enum Code {
        SYS_ERR,
        EXCEED_CONCURRENT_REQUEST_LIMIT,
        INVALIID_ENV,
        INVALID_PARAM,
        INVALID_REQUEST_SOURCE,
        RESOURCE_NOT_INITIAL,
        FUNCTIONS_EXECUTE_FAIL
    }

    /** AD-23. */
    static AdminActions.Answer success(String requestId, String field, String text) {
        ObjectNode answer = MAPPER.createObjectNode().put("requestId", requestId);
        answer.putObject("data").put(field, text);
        return json(answer);
    }

    /** AD-23, AD-24. */
    static AdminActions.Answer failure(Code code, String message) {
        return failure(code, message, newRequestId());
    }

    static AdminActions.Answer failure(Code code, String message, String requestId) {
        return json(MAPPER.createObjectNode()
                .put("code", code.name())
                .put("message", message)
                .put("requestId", requestId));
    }

    /** AD-24, AD-40. */
    static AdminActions.Answer message(CommOpenApiResp message) {
        return new AdminActions.Answer(200, BINARY, message.toByteArray());
    }

    static String newRequestId() {
        return UUID.randomUUID().toString();
    }

    private static AdminActions.Answer json(ObjectNode answer) {
        try {
            return new AdminActions.Answer(200, JSON, MAPPER.writeValueAsBytes(answer));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree that cannot be written", e);
        }
    }
}
