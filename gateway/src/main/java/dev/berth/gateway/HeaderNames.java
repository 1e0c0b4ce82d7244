package dev.berth.gateway;

import io.vertx.core.http.HttpHeaders;

/** The headers that every call gets, encoded and checked once instead of once a call. */
final class HeaderNames {
    static final CharSequence OPENID = name("X-WX-OPENID");
    static final CharSequence APPID = name("X-WX-APPID");
    static final CharSequence UNIONID = name("X-WX-UNIONID");
    static final CharSequence FROM_OPENID = name("X-WX-FROM-OPENID");
    static final CharSequence FROM_APPID = name("X-WX-FROM-APPID");
    static final CharSequence FROM_UNIONID = name("X-WX-FROM-UNIONID");
    static final CharSequence CLOUDBASE_ACCESS_TOKEN = name("X-WX-CLOUDBASE-ACCESS-TOKEN");
    static final CharSequence FROM_CLOUDBASE_ACCESS_TOKEN = name("X-WX-FROM-CLOUDBASE-ACCESS-TOKEN");
    static final CharSequence ENVIRONMENT = name("X-WX-ENV");
    static final CharSequence SOURCE = name("X-WX-SOURCE");
    static final CharSequence SERVICE = name("X-WX-SERVICE");
    static final CharSequence CONTAINER_PATH = name("X-WX-CONTAINER-PATH");
    static final CharSequence CALL_ID = name("X-WX-CALL-ID");
    static final CharSequence FORWARDED_FOR = name("X-Forwarded-For");
    static final CharSequence ORIGINAL_FORWARDED_FOR = name("X-Original-Forwarded-For");
    static final CharSequence REFERER = name("Referer");

    static final CharSequence ANSWERED_CALL_ID = name("x-wx-call-id");
    static final CharSequence ANSWERED_SERVER_TIMING = name("x-wx-server-timing");
    static final CharSequence REQUEST_ID = name("X-CloudBase-Request-Id");
    static final CharSequence BREAKDOWN = name("Server-Timing");
    static final CharSequence UPSTREAM_STATUS = name("x-cloudbase-upstream-status-code");
    static final CharSequence UPSTREAM_TIME = name("X-CloudBase-Upstream-TimeCost");

    private HeaderNames() {}

    private static CharSequence name(String spelling) {
        return HttpHeaders.createOptimized(spelling);
    }
}
