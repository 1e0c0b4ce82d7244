package dev.berth.simulator;

/** WeChat's numeric errors with WeChat's texts; source: docs/spec/errcodes.json. */
enum WeChatError {
    SYSTEM_ERROR(-1, "system error"),
    INVALID_GRANT_TYPE(40002, "invalid grant_type"),
    INVALID_APPID(40013, "invalid appid"),
    INVALID_CODE(40029, "invalid code"),
    INVALID_URL(40066, "invalid url"),
    INVALID_ARGS(40097, "invalid args"),
    INVALID_APPSECRET(40125, "invalid appsecret"),
    CODE_BEEN_USED(40163, "code been used"),
    APPID_MISSING(41002, "appid missing"),
    APPSECRET_MISSING(41004, "appsecret missing"),
    MISSING_CODE(41008, "missing code"),
    REQUIRE_GET_METHOD(43001, "require GET method");

    private final int code;
    private final String text;

    WeChatError(int code, String text) {
        this.code = code;
        this.text = text;
    }

    int code() {
        return code;
    }

    String text() {
        return text;
    }
}
