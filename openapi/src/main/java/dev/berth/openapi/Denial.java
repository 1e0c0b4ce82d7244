package dev.berth.openapi;

import static java.util.Objects.requireNonNull;

import dev.berth.core.WeChat.Cause;
import io.vertx.core.json.JsonObject;
import java.util.UUID;

/**
 * An answer that Berth gives in WeChat's place (OA-15 to OA-23).
 *
 * @param status HTTP status
 * @param contentType of the body
 * @param withSeqid whether the answer carries {@code x-openapi-seqid}
 * @param errcode as in the body; 0 if it has none
 * @param cause to which of them it belongs, for Berth's own rooms
 * @param reason for people, for {@code x-berth-reason} and the log (OA-25): printable ASCII, no line break, no secret
 */
record Denial(int status, String contentType, String body, boolean withSeqid, int errcode, Cause cause, String reason) {
    static final String JSON = "application/json; encoding=utf-8";

    /** {@code error_code} of the form of OA-23 in Berth's own cases. */
    enum Fault {
        UNREACHABLE(10101, Cause.BROKEN),
        BROKEN_ANSWER(10102, Cause.BROKEN),
        TOO_LATE(10103, Cause.TIMED_OUT),
        TOO_MANY_CALLS(10104, Cause.BROKEN),
        BROKEN_REQUEST(10105, Cause.DENIED);

        private final int code;
        private final Cause cause;

        Fault(int code, Cause cause) {
            this.code = code;
            this.cause = cause;
        }

        private int status() {
            return this == BROKEN_REQUEST ? 400 : 502;
        }
    }

    Denial {
        requireNonNull(contentType, "contentType is null");
        requireNonNull(body, "body is null");
        requireNonNull(cause, "cause is null");
        reason = Printable.ascii(reason);
    }

    /** OA-15 to OA-17, CF-11. */
    static Denial notListed(DenyForm form, String rid, String reason) {
        return switch (form) {
            case NOT_LISTED -> weChats(85107, "URL不在白名单内,请前往「微信云托管控制台-服务管理-云调用-微信令牌」配置", true, reason);
            case BAD_GATEWAY -> new Denial(502, "text/plain", "Bad Gateway", true, 0, Cause.DENIED, reason);
            case UNAUTHORIZED -> weChats(48001, "api unauthorized rid: " + rid, true, reason);
        };
    }

    /** OA-18: looks as if the call had gone past the platform. */
    static Denial off(String rid, String reason) {
        return weChats(41001, "access_token missing rid: " + rid, false, reason);
    }

    /** OA-19. */
    static Denial expired(String rid, String reason) {
        return weChats(42001, "access_token expired rid: " + rid, true, reason);
    }

    /** OA-20. */
    static Denial foreignApp(String rid, String reason) {
        return weChats(85105, "api unauthorized rid: " + rid, true, reason);
    }

    /** OA-21. */
    static Denial secretMissing(String reason) {
        String body = new JsonObject()
                .put("errcode", 85112)
                .put("errmsg", "cloudbase_secret not found")
                .put("error_type", "GatewayError")
                .encode();
        return new Denial(200, JSON, body, true, 85112, Cause.DENIED, reason);
    }

    /** OA-22. */
    static Denial tokenNotReady(String reason) {
        return weChats(85113, "cloudbase_token is not ready yet, please try again later", true, Cause.BROKEN, reason);
    }

    /** OA-33. */
    static Denial payWithoutJson(String reason) {
        return weChats(45105, "invalid content type", true, reason);
    }

    /** OA-36: as if the merchant were not bound, for none can be. */
    static Denial payNotBound(String reason) {
        JsonObject data = new JsonObject().put("return_code", "FAIL").put("return_msg", "受理关系不存在");
        JsonObject body = new JsonObject().put("errcode", 0).put("errmsg", "ok").put("respdata", data);
        return new Denial(200, JSON, body.encode(), true, 0, Cause.DENIED, reason);
    }

    /** The form of OA-23. */
    static Denial broken(Fault fault, String reason) {
        String body = new JsonObject()
                .put("request_id", UUID.randomUUID().toString())
                .put("error_type", "OPENAPI_PROXY_ERROR")
                .put("error_code", fault.code)
                .put("error_message", Printable.ascii(reason))
                .encode();
        return new Denial(fault.status(), JSON, body, true, fault.code, fault.cause, reason);
    }

    private static Denial weChats(int errcode, String errmsg, boolean withSeqid, String reason) {
        return weChats(errcode, errmsg, withSeqid, Cause.DENIED, reason);
    }

    private static Denial weChats(int errcode, String errmsg, boolean withSeqid, Cause cause, String reason) {
        String body =
                new JsonObject().put("errcode", errcode).put("errmsg", errmsg).encode();
        return new Denial(200, JSON, body, withSeqid, errcode, cause, reason);
    }
}
