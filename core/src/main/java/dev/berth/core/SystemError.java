package dev.berth.core;

/** The system errors that Berth answers, each with the code and text of docs/spec/channel.md, section 8. */
public enum SystemError {
    /** CH-71. */
    TIMEOUT(102002, "请求超时"),
    /** CH-72. */
    METHOD_NOT_ALLOWED(102005, "无效的 HTTP Method"),
    /** CH-73. */
    INVALID_PATH(-501000, "Path access permission error"),
    /** CH-74. */
    ENVIRONMENT_NOT_AUTHORISED(-501000, "Authorization mismatch uin"),
    /** CH-75. */
    ENVIRONMENT_UNKNOWN(-501000, "Environment not found"),
    /** CH-76. */
    SERVICE_UNKNOWN(-501000, "Invalid host"),
    /** CH-77. */
    SERVICE_MISSING(-606004, "Cannot find path."),
    /** CH-78. */
    ACCESS_CLOSED(-601034, "没有权限"),
    /** CH-79. */
    MALFORMED(40097, "system error"),
    /** CH-80. */
    REQUEST_TOO_LARGE(-606001, "请求包大小超过 100KB"),
    /** CH-81. */
    RESPONSE_TOO_LARGE(-606002, "响应包大小超过 1MB"),
    /** CH-83. */
    SESSION_INVALID(40001, "invalid credential"),
    /** CH-83. */
    SESSION_EXPIRED(42001, "access_token expired"),
    /** CH-85, CH-134. */
    SHARING_VERDICT_EMPTY(-601015, "access denied (cloudfunction cloudbase_auth returns empty errCode)"),
    /** CH-85, CH-134. */
    SHARING_VERDICT_MISSING(-601016, "missing env auth info"),
    /** CH-85, CH-134. */
    SHARING_REFUSED(-601017, "access denied (cloudbase_auth returns non-zero errCode)"),
    /** CH-86. */
    UNEXPECTED(-601001, "system error");

    private final int code;
    private final String message;

    SystemError(int code, String message) {
        this.code = code;
        this.message = message;
    }

    public int code() {
        return code;
    }

    public String message() {
        return message;
    }
}
