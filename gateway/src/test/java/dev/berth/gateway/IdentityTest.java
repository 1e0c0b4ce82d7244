package dev.berth.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.Caller;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a service is told about its caller. */
class IdentityTest {
    private static final Caller BOB = new Caller(TestDirectory.OWNER, "o-bob", Optional.empty());
    private static final Caller GUEST = new Caller(TestDirectory.GUEST, "o-guest", Optional.of("u-guest"));

    @RegisterExtension
    static final GatewayFixture gateway = new GatewayFixture();

    private static RawHead seenBy(Ask ask) throws Exception {
        assertThat(gateway.call(ask).text()).isEqualTo("ok");
        return gateway.service().next().head();
    }

    private static Ask guest() throws Exception {
        return gateway.ask("GET", "/")
                .with("X-Berth-Session", gateway.signedIn(GUEST))
                .with("X-WX-RESOURCE-APPID", TestDirectory.OWNER);
    }

    @Test
    @Tag("CH-41")
    @Tag("CH-42")
    @Tag("CH-43")
    @Tag("CH-45")
    @Tag("CH-46")
    @Tag("CH-47")
    @Tag("CH-48")
    @Tag("CH-50")
    @Tag("CH-51")
    @Tag("CH-54")
    @Tag("CH-55")
    void aServiceOfTheCallersAppSeesTheWholeIdentityAndNothingElse() throws Exception {
        RawHead head = seenBy(gateway.ask("GET", "/a?b=c")
                .with("X-WX-CALL-ID", "call-1")
                .with("User-Agent", "wx/8")
                .with("X-App", "1"));
        assertThat(head.startLine()).isEqualTo("GET /a?b=c HTTP/1.1");
        assertThat(head.headerLines())
                .containsExactlyInAnyOrder(
                        "User-Agent: wx/8",
                        "X-App: 1",
                        "host: gateway.test",
                        "X-WX-OPENID: o-alice",
                        "X-WX-APPID: wx1111111111111111",
                        "X-WX-UNIONID: u-alice",
                        "X-WX-ENV: prod-01",
                        "X-WX-SOURCE: wx_client",
                        "X-WX-SERVICE: demo",
                        "X-WX-CONTAINER-PATH: /a?b=c",
                        "X-WX-CALL-ID: call-1",
                        "X-Forwarded-For: 127.0.0.1",
                        "X-Original-Forwarded-For: 127.0.0.1",
                        "Referer: https://servicewechat.com/wx1111111111111111/0/page-frame.html");
    }

    @Test
    @Tag("CH-43")
    void anUnknownUnionIdIsAbsent() throws Exception {
        RawHead head = seenBy(gateway.ask("GET", "/").with("X-Berth-Session", gateway.signedIn(BOB)));
        assertThat(head.one("X-WX-OPENID")).contains("o-bob");
        assertThat(head.one("X-WX-UNIONID")).isEmpty();
    }

    @Test
    @Tag("CH-41")
    @Tag("CH-42")
    @Tag("CH-43")
    @Tag("CH-44")
    @Tag("CH-115")
    @Tag("CH-130")
    @Tag("CH-132")
    void aSharedServiceSeesTheGuestInTheFromHeadersOnly() throws Exception {
        RawHead head = seenBy(guest());
        assertThat(head.one("X-WX-FROM-OPENID")).contains("o-guest");
        assertThat(head.one("X-WX-FROM-APPID")).contains(TestDirectory.GUEST);
        assertThat(head.one("X-WX-FROM-UNIONID")).contains("u-guest");
        assertThat(head.one("X-WX-OPENID")).isEmpty();
        assertThat(head.one("X-WX-APPID")).isEmpty();
        assertThat(head.one("X-WX-UNIONID")).isEmpty();
        assertThat(head.one("X-WX-ENV")).contains(TestDirectory.ENV);
        assertThat(head.one("X-WX-SOURCE")).contains("wx_client");
        assertThat(head.one("Referer")).contains("https://servicewechat.com/wx2222222222222222/0/page-frame.html");
        assertThat(head.one("X-WX-RESOURCE-APPID")).isEmpty();
    }

    @Test
    @Tag("CH-44")
    void aGuestWithoutUnionIdHasNone() throws Exception {
        Caller nobody = new Caller(TestDirectory.GUEST, "o-nobody", Optional.empty());
        RawHead head = seenBy(guest().with("X-Berth-Session", gateway.signedIn(nobody)));
        assertThat(head.one("X-WX-FROM-OPENID")).contains("o-nobody");
        assertThat(head.one("X-WX-FROM-UNIONID")).isEmpty();
    }

    @Test
    @Tag("CH-137")
    @Tag("CH-115")
    void namingOnesOwnAppIsNoSharing() throws Exception {
        RawHead head = seenBy(gateway.ask("GET", "/").with("X-WX-RESOURCE-APPID", TestDirectory.OWNER));
        assertThat(head.one("X-WX-OPENID")).contains("o-alice");
        assertThat(head.one("X-WX-APPID")).contains(TestDirectory.OWNER);
        assertThat(head.one("X-WX-UNIONID")).contains("u-alice");
        assertThat(head.text().toLowerCase(Locale.ROOT)).doesNotContain("x-wx-from-");
    }

    @Test
    @Tag("CH-49")
    void aServiceWithTokensIsGivenItsOwnersToken() throws Exception {
        RawHead head = seenBy(gateway.ask("GET", "/")
                .with("X-WX-ENV", TestDirectory.TOKEN_ENV)
                .line("X-WX-CLOUDBASE-ACCESS-TOKEN: forged")
                .line("X-WX-FROM-CLOUDBASE-ACCESS-TOKEN: forged"));
        assertThat(head.all("X-WX-CLOUDBASE-ACCESS-TOKEN")).containsExactly("token of wx1111111111111111 in token-01");
        assertThat(head.one("X-WX-FROM-CLOUDBASE-ACCESS-TOKEN")).isEmpty();
        assertThat(head.one("X-WX-OPENID")).contains("o-alice");
    }

    @Test
    @Tag("CH-49")
    void aSharedServiceIsGivenTheTokensOfBothApps() throws Exception {
        RawHead head = seenBy(guest().with("X-WX-ENV", TestDirectory.TOKEN_ENV));
        assertThat(head.one("X-WX-CLOUDBASE-ACCESS-TOKEN")).contains("token of wx1111111111111111 in token-01");
        assertThat(head.one("X-WX-FROM-CLOUDBASE-ACCESS-TOKEN")).contains("token of wx2222222222222222 in token-01");
    }

    @Test
    @Tag("CH-49")
    void withoutTheFunctionThereIsNoToken() throws Exception {
        assertThat(seenBy(guest()).text().toLowerCase(Locale.ROOT)).doesNotContain("cloudbase-access-token");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cloudbase-access-token|false",
                "openid, Cloudbase-Access-Token|false",
                "from-openid|true",
            })
    @Tag("CH-49")
    @Tag("CH-56")
    void tokensAreLeftOutTogether(String list, boolean tokens) throws Exception {
        RawHead head = seenBy(guest().with("X-WX-ENV", TestDirectory.TOKEN_ENV).with("X-WX-EXCLUDE-CREDENTIALS", list));
        assertThat(head.one("X-WX-CLOUDBASE-ACCESS-TOKEN").isPresent()).isEqualTo(tokens);
        assertThat(head.one("X-WX-FROM-CLOUDBASE-ACCESS-TOKEN").isPresent()).isEqualTo(tokens);
    }

    @Test
    @Tag("CH-51")
    void anOfficialAccountsPageHasNoRefererOfAMiniProgram() throws Exception {
        Caller reader = new Caller(TestDirectory.ACCOUNT, "o-reader", Optional.empty());
        RawHead head = seenBy(gateway.ask("GET", "/")
                .with("X-Berth-Session", gateway.signedIn(reader))
                .with("X-WX-ENV", TestDirectory.ACCOUNT_ENV));
        assertThat(head.one("X-WX-OPENID")).contains("o-reader");
        assertThat(head.one("Referer")).isEmpty();
        assertThat(head.one("X-WX-SOURCE")).contains("wx_client");
    }

    @Test
    @Tag("CH-53")
    void aCallerWithoutUserAgentIsNotGivenOne() throws Exception {
        assertThat(seenBy(gateway.ask("GET", "/")).one("User-Agent")).isEmpty();
        assertThat(seenBy(gateway.ask("GET", "/").with("User-Agent", "")).one("User-Agent"))
                .contains("");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "openid|X-WX-OPENID",
                "OPENID|X-WX-OPENID",
                "unionid|X-WX-UNIONID",
                "unionid, cloudbase-access-token, openid|X-WX-OPENID X-WX-UNIONID",
                " openid ,unionid|X-WX-OPENID X-WX-UNIONID",
                "appid|''",
                "from-openid|''",
                "nonsense,,|''",
                "*|''",
            })
    @Tag("CH-56")
    void theNamedCredentialsAreLeftOut(String list, String left) throws Exception {
        RawHead head = seenBy(gateway.ask("GET", "/").with("X-WX-EXCLUDE-CREDENTIALS", list));
        for (String name : List.of("X-WX-OPENID", "X-WX-UNIONID", "X-WX-APPID", "X-WX-SOURCE")) {
            assertThat(head.one(name).isEmpty())
                    .as(name)
                    .isEqualTo(List.of(left.split(" ", -1)).contains(name));
        }
        assertThat(head.one("X-WX-EXCLUDE-CREDENTIALS")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "from-openid|X-WX-FROM-OPENID",
                "from-appid|X-WX-FROM-APPID",
                "From-UnionId|X-WX-FROM-UNIONID",
                "openid, unionid|''",
            })
    @Tag("CH-56")
    void theNamedCredentialsOfAGuestAreLeftOut(String list, String left) throws Exception {
        RawHead head = seenBy(guest().with("X-WX-EXCLUDE-CREDENTIALS", list));
        for (String name : List.of("X-WX-FROM-OPENID", "X-WX-FROM-APPID", "X-WX-FROM-UNIONID")) {
            assertThat(head.one(name).isEmpty()).as(name).isEqualTo(left.equals(name));
        }
    }
}
