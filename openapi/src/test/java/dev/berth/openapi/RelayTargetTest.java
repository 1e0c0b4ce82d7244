package dev.berth.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("OA-8")
class RelayTargetTest {
    private static final String WECHAT = "api.weixin.qq.com";

    @ParameterizedTest
    @CsvSource({
        "/a/b?c=d,                                  api.weixin.qq.com,      /a/b,   c=d",
        "/a?,                                       API.WeiXin.qq.com,      /a,     ''",
        "/a,                                        api.weixin.qq.com.,     /a,     ''",
        "/a,                                        api.weixin.qq.com:80,   /a,     ''",
        "/%2e%2E/a%,                                api.weixin.qq.com,      /%2e%2E/a%, ''",
        "http://api.weixin.qq.com/a?b,              other,                  /a,     b",
        "HTTP://api.weixin.qq.com:80/a?b?c,         other,                  /a,     b?c",
        "https://api.weixin.qq.com/a,               other,                  /a,     ''",
        "http://api.weixin.qq.com,                  '',                     /,      ''",
        "http://api.weixin.qq.com?a=1,              '',                     /,      a=1",
    })
    void isForWeChat(String target, String host, String path, String query) {
        assertThat(RelayTarget.of("GET", target, host)).isInstanceOfSatisfying(RelayTarget.WeChat.class, weChat -> {
            assertThat(weChat.path()).isEqualTo(path);
            assertThat(weChat.query()).isEqualTo(query);
            assertThat(weChat.authority().host()).startsWithIgnoringCase(WECHAT);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "http://example.com/a?b,            example.com,        80,     /a?b",
        "http://example.com:8080,           example.com,        8080,   /",
        "http://example.com?x,              example.com,        80,     /?x",
        "http://[::1]:81/a,                 ::1,                81,     /a",
        "http://my_db/a,                    my_db,              80,     /a",
        "http://api.weixin.qq.com:8080/a,   api.weixin.qq.com,  8080,   /a",
        "http://xapi.weixin.qq.com/a,       xapi.weixin.qq.com, 80,     /a",
    })
    void isForAnotherHost(String target, String host, int port, String uri) {
        assertThat(RelayTarget.of("GET", target, WECHAT)).isInstanceOfSatisfying(RelayTarget.OtherHost.class, other -> {
            assertThat(other.authority().host()).isEqualTo(host);
            assertThat(other.authority().port()).isEqualTo(port);
            assertThat(other.uri()).isEqualTo(uri);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "example.com",
                "ftp://example.com/",
                "http:///a",
                "http://",
                "http://user:word@example.com/",
                "http://example.com:0/",
                "http://example.com:99999/",
                "http://example.com:8x/",
                "http://::1/",
                "https://example.com/a",
                "/a#b",
                "/a b",
                "http://exa mple.com/",
                "/a\u0001",
                "/a\u007f",
                "",
            })
    void isNoTarget(String target) {
        assertThat(RelayTarget.of("GET", target, WECHAT)).isInstanceOf(RelayTarget.Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "example.com", "127.77.0.9", "api.weixin.qq.com.evil.org", "api.weixin.qq.com@x", "[", "]"})
    void isNotIntercepted(String host) {
        assertThat(RelayTarget.of("GET", "/a", host)).isInstanceOf(RelayTarget.Misdirected.class);
    }

    @ParameterizedTest
    @CsvSource({"api.weixin.qq.com:443, api.weixin.qq.com, 443", "[::1]:22, ::1, 22", "db:5432, db, 5432"})
    void isATunnel(String target, String host, int port) {
        assertThat(RelayTarget.of("CONNECT", target, "")).isInstanceOfSatisfying(RelayTarget.Tunnel.class, tunnel -> {
            assertThat(tunnel.authority().host()).isEqualTo(host);
            assertThat(tunnel.authority().port()).isEqualTo(port);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"api.weixin.qq.com", "/a", "http://example.com:80/", "a:", ":80", "a:b:80"})
    void isNoTunnel(String target) {
        assertThat(RelayTarget.of("CONNECT", target, "")).isInstanceOf(RelayTarget.Malformed.class);
    }
}
