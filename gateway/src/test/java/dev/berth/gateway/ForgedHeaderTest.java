package dev.berth.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a caller cannot make a service believe. The service's received bytes are the evidence. */
class ForgedHeaderTest {
    @RegisterExtension
    static final GatewayFixture gateway = new GatewayFixture();

    private static RawHead seenBy(Ask ask) throws Exception {
        assertThat(gateway.call(ask).text()).isEqualTo("ok");
        return gateway.service().next().head();
    }

    /** As a service behind CGI reads names: without case, and with {@code _} and {@code -} alike. */
    private static List<String> namesAsReadBehindCgi(RawHead head) {
        return head.headerLines().stream()
                .map(line -> line.substring(0, line.indexOf(':'))
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '-'))
                .toList();
    }

    static Stream<String> forgedNames() {
        Stream<String> identity = Stream.of(
                "X-WX-OPENID",
                "x-wx-openid",
                "X_WX_OPENID",
                "x_wx-openid",
                "X-WX_OPENID",
                "X-Wx-OpenId",
                "X-WX-APPID",
                "x_wx_appid",
                "X-WX-UNIONID",
                "X_WX_UNIONID",
                "X-WX-FROM-OPENID",
                "X_WX_FROM_OPENID",
                "X-WX-FROM-APPID",
                "X-WX-FROM-UNIONID",
                "X-WX-SOURCE",
                "x_wx_source",
                "X-WX-SOURCES",
                "X-WX-CLOUDBASE-ACCESS-TOKEN",
                "X-WX-FROM-CLOUDBASE-ACCESS-TOKEN",
                "X-WX-LOCAL-DEBUG",
                "X-WX-CONTAINER-PATH",
                "X_WX_ENV",
                "X_WX_SERVICE",
                "X_WX_CALL_ID",
                "X-WX-GATEWAY-ID",
                "X-WX-REGION",
                "X-WX-",
                "X-WX-ANYTHING-NEW");
        Stream<String> address = Stream.of(
                "X-Forwarded-For",
                "x_forwarded_for",
                "X-Forwarded-Host",
                "X-Forwarded-Proto",
                "X-Forwarded-",
                "X-Original-Forwarded-For",
                "X_Original_Forwarded_For",
                "Forwarded",
                "X-Real-IP",
                "x_real_ip",
                "X-Client-IP",
                "True-Client-IP",
                "True_Client_IP",
                "X-Envoy-External-Address",
                "X-CloudBase-Request-Id",
                "X_CloudBase_Context",
                "Via");
        Stream<String> connection = Stream.of(
                "Referer",
                "REFERER",
                "Keep-Alive",
                "Keep_Alive",
                "Proxy-Authorization",
                "Proxy-Connection",
                "Proxy_Connection",
                "Proxy-Authenticate",
                "TE",
                "Trailer",
                "Upgrade",
                "Transfer_Encoding",
                "Content_Length",
                "X_Berth_Session",
                "X-Berth-Anything");
        return Stream.of(identity, address, connection).flatMap(names -> names);
    }

    @ParameterizedTest
    @MethodSource("forgedNames")
    @Tag("CH-60")
    @Tag("CH-61")
    @Tag("CH-62")
    @Tag("CH-63")
    @Tag("CH-55")
    void aForgedHeaderNeverReachesTheService(String name) throws Exception {
        List<String> honest = namesAsReadBehindCgi(seenBy(gateway.ask("GET", "/")));
        RawHead head = seenBy(gateway.ask("GET", "/").line(name + ": forged").line(name + ": forged again"));
        assertThat(head.text()).doesNotContain("forged:").doesNotContainIgnoringCase(": forged");
        assertThat(namesAsReadBehindCgi(head)).containsExactlyInAnyOrderElementsOf(honest);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-WX-OPENID, X-WX-APPID, X-WX-SOURCE, X-Forwarded-For, Referer, X-WX-ENV",
                "close, x-wx-openid",
                "keep-alive, X-WX-SERVICE",
            })
    @Tag("CH-60")
    @Tag("CH-62")
    void identityCannotBeListedAway(String list) throws Exception {
        RawHead head = seenBy(gateway.ask("GET", "/").with("Connection", list));
        assertThat(head.one("X-WX-OPENID")).contains("o-alice");
        assertThat(head.one("X-WX-APPID")).contains(TestDirectory.OWNER);
        assertThat(head.one("X-WX-SOURCE")).contains("wx_client");
        assertThat(head.one("X-WX-SERVICE")).contains("demo");
        assertThat(head.one("X-Forwarded-For")).contains("127.0.0.1");
        assertThat(head.one("Connection")).isEmpty();
    }

    @Test
    @Tag("CH-62")
    void whatConnectionListsStaysOnItsConnection() throws Exception {
        RawHead head = seenBy(gateway.ask("GET", "/")
                .line("Connection: X-Hop, x-other")
                .line("Connection: X-Third")
                .line("X-Hop: 1")
                .line("X-Other: 2")
                .line("x-third: 3")
                .line("X-Stays: 4"));
        assertThat(head.one("X-Hop")).isEmpty();
        assertThat(head.one("X-Other")).isEmpty();
        assertThat(head.one("X-Third")).isEmpty();
        assertThat(head.one("X-Stays")).contains("4");
    }

    @Test
    @Tag("CH-62")
    void anUpgradeThatTheChannelDoesNotKnowIsAnOrdinaryCall() throws Exception {
        RawHead head = seenBy(gateway.ask("GET", "/")
                .line("Connection: Upgrade, HTTP2-Settings")
                .line("Upgrade: h2c")
                .line("HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA"));
        assertThat(head.one("Upgrade")).isEmpty();
        assertThat(head.one("HTTP2-Settings")).isEmpty();
    }

    @Test
    @Tag("CH-63")
    void theSessionStaysAndTheApplicationsOwnCredentialsPass() throws Exception {
        RawHead head = seenBy(gateway.ask("GET", "/")
                .line("Authorization: Bearer abc.DEF==")
                .line("Cookie: a=1; b=\"2\"")
                .line("Cookie: c=3")
                .line("X-Token: x"));
        assertThat(head.headerLines())
                .contains("Authorization: Bearer abc.DEF==", "Cookie: a=1; b=\"2\"", "Cookie: c=3", "X-Token: x");
        assertThat(head.text().toLowerCase(Locale.ROOT)).doesNotContain("berth");
    }

    @Test
    @Tag("CH-113")
    void otherHeadersKeepSpellingOrderAndBytes() throws Exception {
        RawHead head = seenBy(gateway.ask("GET", "/")
                .line("X-OdD_sPelling: a")
                .line("x-twice: 1")
                .line("X-Twice: 2")
                .line("X-Empty:")
                .line("X-Utf8: \u00e4\u00b8\u00ad")
                .line("Accept-Encoding: gzip, br")
                .line("Range: bytes=0-1")
                .line("xwx-openid: not the platform's"));
        assertThat(head.headerLines())
                .contains("X-OdD_sPelling: a", "x-twice: 1", "X-Twice: 2", "X-Utf8: \u00e4\u00b8\u00ad")
                .contains("Accept-Encoding: gzip, br", "Range: bytes=0-1", "xwx-openid: not the platform's");
        assertThat(head.all("x-twice")).containsExactly("1", "2");
        assertThat(head.one("X-Empty")).contains("");
    }
}
