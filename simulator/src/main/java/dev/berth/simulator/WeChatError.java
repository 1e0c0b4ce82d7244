package dev.berth.simulator;

/** WeChat's numeric errors with WeChat's texts; source: docs/spec/errcodes.json. */
enum WeChatError {
    SYSTEM_ERROR(-1, "system error"),
    INVALID_CREDENTIAL(40001, "invalid credential, access_token is invalid or not latest"),
    INVALID_GRANT_TYPE(40002, "invalid grant_type"),
    INVALID_OPENID(40003, "invalid openid"),
    INVALID_APPID(40013, "invalid appid"),
    INVALID_CODE(40029, "invalid code"),
    INVALID_URL(40066, "invalid url"),
    INVALID_ARGS(40097, "invalid args"),
    INVALID_APPSECRET(40125, "invalid appsecret"),
    CODE_BEEN_USED(40163, "code been used"),
    ACCESS_TOKEN_MISSING(41001, "access_token missing"),
    APPID_MISSING(41002, "appid missing"),
    APPSECRET_MISSING(41004, "appsecret missing"),
    MEDIA_DATA_MISSING(41005, "media data missing"),
    MISSING_CODE(41008, "missing code"),
    ACCESS_TOKEN_EXPIRED(42001, "access_token expired"),
    REQUIRE_GET_METHOD(43001, "require GET method"),
    REQUIRE_POST_METHOD(43002, "require POST method"),
    EMPTY_MEDIA_DATA(44001, "empty media data"),
    EMPTY_POST_DATA(44002, "empty post data"),
    MEDIA_SIZE_OUT_OF_LIMIT(45001, "media size out of limit"),
    CONTENT_SIZE_OUT_OF_LIMIT(45002, "content size out of limit"),
    DAILY_QUOTA_REACHED(45009, "reach max api daily quota limit"),
    DATA_FORMAT_ERROR(47001, "data format error");

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
