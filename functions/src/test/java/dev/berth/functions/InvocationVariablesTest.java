package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.Caller;
import dev.berth.core.FunctionId;
import dev.berth.core.FunctionSettings;
import dev.berth.core.FunctionVersion;
import dev.berth.core.FunctionVersionId;
import dev.berth.core.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class InvocationVariablesTest {
    private static final InvocationSecrets SECRETS = new InvocationSecrets("token", "id", "key");

    @Test
    @Tag("AD-27")
    @Tag("CH-41")
    void tellsWhoCallsAndWhatProvesIt() {
        assertThat(of(Origin.client(HostRoom.ALICE, "203.0.113.7"), List.of()))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.ofEntries(
                                Map.entry("WX_OPENID", "oALICE"),
                                Map.entry("WX_APPID", HostRoom.OWNER),
                                Map.entry("WX_UNIONID", "uALICE"),
                                Map.entry("WX_CLIENTIP", "203.0.113.7"),
                                Map.entry("WX_CONTEXT_KEYS", "WX_OPENID,WX_APPID,WX_UNIONID,WX_CLIENTIP"),
                                Map.entry("TCB_ENV", "prod-01"),
                                Map.entry("SCF_NAMESPACE", "prod-01"),
                                Map.entry("TCB_SOURCE", "wx_client"),
                                Map.entry("TCB_SEQID", "request"),
                                Map.entry("TCB_TRACELOG", "request"),
                                Map.entry("WX_API_TOKEN", "token"),
                                Map.entry("TENCENTCLOUD_SECRETID", "id"),
                                Map.entry("TENCENTCLOUD_SECRETKEY", "key"),
                                Map.entry(
                                        "TCB_CONTEXT_KEYS",
                                        "TCB_ENV,TCB_SEQID,TCB_SOURCE,TCB_SESSIONTOKEN,TCB_TRACELOG,TCB_ROUTE_KEY,WX_API_TOKEN")));
    }

    @Test
    @Tag("CH-44")
    @Tag("CH-132")
    void tellsAnotherAppsUserAsSuchOnly() {
        Caller guest = new Caller("wx2222222222222222", "oGUEST", Optional.of("uGUEST"));

        assertThat(of(Origin.client(guest, "2001:db8::1"), List.of()))
                .containsEntry("WX_FROM_OPENID", "oGUEST")
                .containsEntry("WX_FROM_APPID", "wx2222222222222222")
                .containsEntry("WX_FROM_UNIONID", "uGUEST")
                .containsEntry("WX_CLIENTIPV6", "2001:db8::1")
                .containsEntry("WX_CONTEXT_KEYS", "WX_FROM_OPENID,WX_FROM_APPID,WX_FROM_UNIONID,WX_CLIENTIPV6")
                .doesNotContainKeys("WX_OPENID", "WX_APPID", "WX_UNIONID", "WX_CLIENTIP");
    }

    @Test
    @Tag("AD-80")
    void tellsWhichKeysWereOpened() {
        assertThat(of(Origin.client(HostRoom.ALICE, ""), List.of("weRunData", "b\"")))
                .containsEntry("WX_OPEN_DATA_INFO", "{\"keys\":[\"weRunData\",\"b\\\"\"]}")
                .containsEntry("WX_CONTEXT_KEYS", "WX_OPENID,WX_APPID,WX_UNIONID,WX_OPEN_DATA_INFO");
    }

    @Test
    @Tag("AD-12")
    @Tag("HO-59")
    @Tag("HO-64")
    void givesATimerATokenOfItsOwnKind() {
        assertThat(of(Origin.timer(), List.of()))
                .containsEntry("TRIGGER_SRC", "timer")
                .containsEntry("WX_TRIGGER_API_TOKEN_V0", "token")
                .containsEntry("TCB_SOURCE", "wx_trigger")
                .containsEntry("WX_CONTEXT_KEYS", "WX_APPID")
                .doesNotContainKey("WX_OPENID");
    }

    @Test
    @Tag("AD-26")
    void givesAnOperatorNoToken() {
        assertThat(of(Origin.operator(), List.of()))
                .doesNotContainKeys("WX_API_TOKEN", "WX_TRIGGER_API_TOKEN_V0", "TRIGGER_SRC", "WX_OPENID")
                .containsEntry("TENCENTCLOUD_SECRETID", "id");
    }

    @Test
    @Tag("AD-52")
    void keepsTheCallerThroughAChain() {
        assertThat(of(Origin.client(HostRoom.ALICE, "").throughFunction(), List.of()))
                .containsEntry("WX_OPENID", "oALICE")
                .containsEntry("TCB_SOURCE", "wx_client,scf");
    }

    @Test
    @Tag("AD-18")
    void mintsSecretsThatDifferAndDoNotShow() {
        InvocationSecrets one = InvocationSecrets.mint();
        InvocationSecrets other = InvocationSecrets.mint();

        assertThat(one.token()).hasSizeGreaterThanOrEqualTo(43).isNotEqualTo(other.token());
        assertThat(one.secretKey()).hasSizeGreaterThanOrEqualTo(43).isNotEqualTo(other.secretKey());
        assertThat(one.secretId()).matches("AKID[A-Za-z0-9]{32,}").isNotEqualTo(other.secretId());
        assertThat(one.toString()).doesNotContain(one.token(), one.secretId(), one.secretKey());
    }

    @Test
    @Tag("AD-27")
    @Tag("AD-31")
    void letsAFunctionSetItsOwnVariablesButNotThePlatforms() {
        FunctionSettings settings = new FunctionSettings(
                "index.main",
                Duration.ofSeconds(3),
                256,
                1,
                Map.of(
                        "DATABASE", "mine",
                        "http_proxy", "http://mine",
                        "PORT", "1",
                        "TENCENTCLOUD_RUNENV", "no",
                        "KUBERNETES_SERVICE_HOST", "10.0.0.1",
                        "WX_OPENID", "oBOB"),
                new TreeSet<>(),
                List.of());

        FunctionVersion version = new FunctionVersion(
                new FunctionVersionId(new FunctionId("prod-01", "sum"), 1), "digest", settings, Instant.EPOCH);
        assertThat(HostVariables.of(version, Map.of("http_proxy", "http://door"), Map.of("BERTH_HOST_KEY", "key")))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "DATABASE", "mine",
                        "http_proxy", "http://mine",
                        "TENCENTCLOUD_RUNENV", "SCF",
                        "TENCENTCLOUD_REGION", "ap-shanghai",
                        "_SCF_TCB_LOG", "1",
                        "SCF_NAMESPACE", "prod-01",
                        "TCB_ENV", "prod-01",
                        "TZ", "UTC",
                        "BERTH_HOST_KEY", "key"));
        assertThat(HostVariables.ignored(settings))
                .containsExactly("KUBERNETES_SERVICE_HOST", "PORT", "TENCENTCLOUD_RUNENV", "WX_OPENID");
    }

    /** The platform's clocks are UTC, wherever this machine is. */
    @Test
    void theTimeZoneIsUtcUnlessTheFunctionSaysAnother() {
        assertThat(timeZone(Map.of())).isEqualTo("UTC");
        assertThat(timeZone(Map.of("TZ", "Asia/Shanghai"))).isEqualTo("Asia/Shanghai");
    }

    private static String timeZone(Map<String, String> own) {
        FunctionSettings usual = FunctionSettings.DEFAULTS;
        FunctionSettings settings = new FunctionSettings(
                usual.handler(),
                usual.timeLimit(),
                usual.memory(),
                usual.invocationsPerHost(),
                own,
                usual.permissions(),
                usual.triggers());
        FunctionVersion version = new FunctionVersion(
                new FunctionVersionId(new FunctionId("prod-01", "sum"), 1), "digest", settings, Instant.EPOCH);
        return HostVariables.of(version, Map.of(), Map.of()).getOrDefault("TZ", "none");
    }

    private static Map<String, String> of(Origin origin, List<String> opened) {
        return InvocationVariables.of("prod-01", HostRoom.OWNER, "request", origin, opened, SECRETS);
    }
}
