package dev.berth.openapi;

import dev.berth.core.AdminActions;
import io.vertx.core.json.JsonObject;
import java.util.UUID;

/**
 * An answer in the place of {@link AdminActions}: HTTP 200, for of anything else the SDK shows nothing but the status
 * (AD-22); in exactly the content type by which it knows a failure (AD-24).
 *
 * @param code as the SDK knows it (AD-23)
 * @param endsConnection because nobody can know where the next request begins
 */
record AdminRefusal(String code, String message, boolean endsConnection) {
    static final String CONTENT_TYPE = "application/json; charset=utf-8";

    static AdminRefusal of(RelayRefusal refusal) {
        return new AdminRefusal("INVALID_PARAM", refusal.reason(), refusal.endsConnection());
    }

    static AdminRefusal method(String method) {
        return new AdminRefusal("INVALID_PARAM", "%s (expected: POST)".formatted(Printable.ascii(method)), false);
    }

    static AdminRefusal tooLarge() {
        return new AdminRefusal(
                "EXCEED_MAX_PAYLOAD_SIZE",
                "the body (expected: <= %d bytes)".formatted(AdminActions.LONGEST_BODY),
                false);
    }

    static AdminRefusal tooMany() {
        return new AdminRefusal(
                "EXCEED_REQUEST_LIMIT", "the requests that wait for their answer are too large together", false);
    }

    static AdminRefusal tooSlow(long seconds) {
        return new AdminRefusal("SYS_ERR", "the body did not arrive within %d s".formatted(seconds), true);
    }

    /** Told in the log. */
    static AdminRefusal defect() {
        return new AdminRefusal("SYS_ERR", "the server failed; its log says how", false);
    }

    AdminActions.Answer answer() {
        JsonObject body = new JsonObject()
                .put("code", code)
                .put("message", message)
                .put("requestId", UUID.randomUUID().toString());
        return new AdminActions.Answer(200, CONTENT_TYPE, body.toBuffer().getBytes());
    }
}
