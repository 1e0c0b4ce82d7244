package dev.berth.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.openapi.RelayFixture.Inside;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("OA-1")
@Tag("OA-6")
class InstanceVariablesTest {
    @TempDir
    Path folder;

    @Test
    void areFewWhereTheNameHasAnAddress() {
        try (RelayFixture berth = new RelayFixture(folder)) {
            Inside inside = berth.admit("demo-001-aaaa");
            Map<String, String> variables = inside.admission.variables();

            assertThat(variables).containsOnlyKeys("http_proxy", "HTTP_PROXY", "no_proxy", "NO_PROXY", "BERTH_CA_FILE");
            assertThat(variables.get("http_proxy"))
                    .matches("http://demo-001-aaaa:[A-Za-z0-9]{64,}@127\\.0\\.0\\.1:" + berth.openApi.port())
                    .isEqualTo(variables.get("HTTP_PROXY"));
            assertThat(variables.get("no_proxy")).startsWith("localhost,127.0.0.1,");
            assertThat(Path.of(variables.get("BERTH_CA_FILE")))
                    .isEqualTo(berth.openApi.way().caFile());
            assertThat(inside.admission.surroundings().files()).isEmpty();
            assertThat(inside.admission.surroundings().hosts()).containsOnlyKeys("api.weixin.qq.com");
            assertThat(berth.openApi.way().byAddress()).isTrue();
            assertThat(inside.admission.toString()).doesNotContain("http");
        }
    }

    @Test
    void pointToTheInstancesOwnProxyWhereItHasNot() {
        try (RelayFixture berth = new RelayFixture(folder, RelayFixture.IMPOSSIBLE, false, RelayLimits.DEFAULT)) {
            Inside inside = berth.admit("demo-001-aaaa");

            assertThat(inside.admission.surroundings().isEmpty()).isTrue();
            assertThat(inside.admission.variables())
                    .containsEntry("NODE_USE_ENV_PROXY", "1")
                    .doesNotContainKey("https_proxy")
                    .hasEntrySatisfying(
                            "JAVA_TOOL_OPTIONS",
                            options -> assertThat(options)
                                    .matches("-Dhttp.proxyHost=127\\.77\\.[0-9.]+ -Dhttp.proxyPort="
                                            + berth.openApi.port()
                                            + " -Dhttp.nonProxyHosts=localhost\\|127\\.\\*\\|\\[::1]\\|0\\.0\\.0\\.0"));
            assertThat(berth.openApi.way().byAddress()).isFalse();
            assertThat(berth.openApi.way().reason()).contains("not in this test");
        }
    }

    @Test
    @Tag("OA-5")
    void sayWhatToTrustIfThatIsWanted() {
        try (RelayFixture berth = new RelayFixture(folder, RelayFixture.POSSIBLE, true, RelayLimits.DEFAULT)) {
            Inside inside = berth.admit("demo-001-aaaa");
            Map<String, String> variables = inside.admission.variables();

            assertThat(variables).containsEntry("NODE_EXTRA_CA_CERTS", variables.get("BERTH_CA_FILE"));
            for (String name : new String[] {"SSL_CERT_FILE", "CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE"}) {
                assertThat(Files.isReadable(Path.of(variables.get(name))))
                        .as(name)
                        .isTrue();
            }
            assertThat(variables.get("JAVA_TOOL_OPTIONS")).contains("-Djavax.net.ssl.trustStore=");
            assertThat(inside.admission.surroundings().files())
                    .containsEntry(
                            Path.of("/app/cert/certificate.crt"),
                            berth.openApi.way().caFile());
        }
        try (RelayFixture berth = new RelayFixture(folder, RelayFixture.IMPOSSIBLE, true, RelayLimits.DEFAULT)) {
            Map<String, String> variables =
                    berth.admit("demo-001-aaaa").admission.variables();

            assertThat(variables.get("https_proxy")).isEqualTo(variables.get("http_proxy"));
            assertThat(variables.get("JAVA_TOOL_OPTIONS")).contains("-Dhttps.proxyHost=127.77.");
        }
    }
}
