package dev.berth.core;

/** The gateway answers of docs/spec/channel.md, section 9, with Berth's HTTP status (CH-97). */
public enum GatewayError {
    /** CH-98. */
    SERVICE_TIMEOUT(504, "Service timeout"),
    /** CH-99. */
    INVALID_HOST(404, "Invalid host"),
    /** CH-100. */
    INVALID_PATH(400, "Invalid path"),
    /** CH-103. */
    REQUEST_SERVICE_FAILED(502, "Request service failed"),
    /** CH-104. */
    BAD_GATEWAY(502, "Bad gateway"),
    /** CH-105. */
    SERVICE_NOT_READY(503, "Service not ready"),
    /** CH-106. */
    SERVICE_FORBIDDEN(403, "Service forbidden"),
    /** CH-107. */
    SERVICE_ENDPOINT_NOT_FOUND(503, "Service endpoint not found"),
    /** CH-111. */
    BAD_REQUEST(400, "Bad request");

    private final int status;
    private final String message;

    GatewayError(int status, String message) {
        this.status = status;
        this.message = message;
    }

    public int status() {
        return status;
    }

    public String message() {
        return message;
    }
}
