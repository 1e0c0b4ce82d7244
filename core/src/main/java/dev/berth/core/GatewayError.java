package dev.berth.core;

/** The gateway answers of docs/spec/channel.md, section 9, with Berth's HTTP status (CH-97). */
public enum GatewayError {
    /** CH-98. */
    SERVICE_TIMEOUT(504),
    /** CH-99. */
    INVALID_HOST(404),
    /** CH-100. */
    INVALID_PATH(400),
    /** CH-103. */
    REQUEST_SERVICE_FAILED(502),
    /** CH-104. */
    BAD_GATEWAY(502),
    /** CH-105. */
    SERVICE_NOT_READY(503),
    /** CH-106. */
    SERVICE_FORBIDDEN(403),
    /** CH-107. */
    SERVICE_ENDPOINT_NOT_FOUND(503),
    /** CH-111. */
    BAD_REQUEST(400);

    private final int status;

    GatewayError(int status) {
        this.status = status;
    }

    public int status() {
        return status;
    }
}
