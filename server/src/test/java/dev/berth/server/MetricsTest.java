package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real server, its services, and what a Prometheus would read. */
final class MetricsTest {
    @TempDir
    private Path data;

    @Test
    void callsAreCountedByServiceOutcomeAndComponent() throws Exception {
        try (ServerFixture server = ServerFixture.start(data)) {
            assertThat(server.deploy("demo", ServiceTar.greeter("hello"), "").status())
                    .isEqualTo(200);
            String alice = server.session("alice");
            server.call("demo", "/a", alice);
            server.call("demo", "/b", alice);
            server.call("nobody-7", "/c", alice);
            server.call("demo", "/d", "forged");

            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(metrics(server))
                            .contains(line("berth_calls_total", "component=service,outcome=ok,status=2xx", "2.0"))
                            .contains(line(
                                    "berth_calls_total", "component=gateway,outcome=SESSION_INVALID,status=2xx", "1.0"))
                            .contains(
                                    "berth_calls_total{component=\"gateway\",environment=\"prod-01\",outcome=\"SERVICE_UNKNOWN\",service=\"_unknown\",status=\"2xx\"} 1.0")
                            .contains("berth_call_duration_seconds_count{environment=\"prod-01\",service=\"demo\"} 2")
                            .contains("berth_cold_start_seconds_count{environment=\"prod-01\",service=\"demo\"} 1")
                            .contains("berth_instances{environment=\"prod-01\",service=\"demo\",state=\"running\"} 1.0")
                            .contains("berth_calls_in_flight{environment=\"prod-01\",service=\"demo\"} 0.0")
                            .contains("berth_services{environment=\"prod-01\",state=\"running\"} 1.0")
                            .contains(
                                    "berth_instance_starts_total{environment=\"prod-01\",result=\"started\",service=\"demo\"} 1.0")
                            .contains("berth_events_total{kind=\"INSTANCE_STARTED\"} 1.0")
                            .contains("berth_log_lost_records_total 0.0")
                            .contains("\njvm_threads_current ")
                            .contains("\nprocess_resident_memory_bytes ")
                            .doesNotContain("nobody-7"));
        }
    }

    private static String line(String name, String labels, String value) {
        String quoted = Pattern.compile("=(\\w+)").matcher(labels).replaceAll("=\"$1\"");
        List<String> parts = new java.util.ArrayList<>(List.of(quoted.split(",")));
        parts.add("environment=\"prod-01\"");
        parts.add("service=\"demo\"");
        return name + "{" + String.join(",", parts.stream().sorted().toList()) + "} " + value;
    }

    @Test
    void aServiceThatIsRemovedVanishes() throws Exception {
        try (ServerFixture server = ServerFixture.start(data)) {
            server.deploy("demo", ServiceTar.greeter("hello"), "");
            server.call("demo", "/", server.session("alice"));
            assertThat(metrics(server)).contains("service=\"demo\"");

            assertThat(server.send("DELETE", ServerFixture.SERVICES + "/demo", "")
                            .status())
                    .isEqualTo(200);

            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(metrics(server)).doesNotContain("\"demo\""));
        }
    }

    @Test
    void signInsThroughTheGatewayAreCountedByOutcome() throws Exception {
        ServerConfig config = ConfigFile.withEnvironment(
                ServerFixture.config(data), Map.of("BERTH_SIMULATOR_ACCEPT_UNKNOWN_CODES", "false"));
        try (ServerFixture server = ServerFixture.start(config)) {
            server.session("alice");
            signIn(server, "invented");

            assertThat(metrics(server))
                    .contains("berth_sign_ins_total{app=\"%s\",outcome=\"signed_in\"} 1.0".formatted(Defaults.APP))
                    .contains("berth_sign_ins_total{app=\"%s\",outcome=\"refused\"} 1.0".formatted(Defaults.APP));
        }
    }

    @Test
    void requestsThatNeverBecameCallsAreCounted() throws Exception {
        try (ServerFixture server = ServerFixture.start(data)) {
            for (String path : List.of("/", "/favicon.ico", "/__berth__/none")) {
                server.raw(HttpRequest.newBuilder(server.door("gateway").resolve(path))
                        .build());
            }

            assertThat(metrics(server))
                    .contains(
                            "berth_refused_requests_total{component=\"gateway\",outcome=\"INVALID_HOST\",status=\"4xx\"} 2.0")
                    .contains(
                            "berth_refused_requests_total{component=\"gateway\",outcome=\"ROUTE_UNKNOWN\",status=\"4xx\"} 1.0");
        }
    }

    @Test
    void theyAreForWhoHasTheToken() throws Exception {
        try (ServerFixture server = ServerFixture.start(data)) {
            assertThat(without(server).statusCode()).isEqualTo(401);
            assertThat(without(server).body()).contains("TOKEN_MISSING");
        }
    }

    @Test
    void openOnesAreForEverybodyOnThisMachine() throws Exception {
        try (ServerFixture server = ServerFixture.start(with("open"))) {
            assertThat(without(server).statusCode()).isEqualTo(200);
            assertThat(without(server).headers().firstValue("content-type"))
                    .hasValue("text/plain; version=0.0.4; charset=utf-8");
        }
    }

    @Test
    void thereAreNoneWhenTheyAreOff() throws Exception {
        try (ServerFixture server = ServerFixture.start(with("off"))) {
            assertThat(server.get("/metrics").status()).isEqualTo(404);
            assertThat(server.call("nobody", "/", server.session("alice")).body())
                    .contains("-501000");
        }
    }

    @Test
    void openMetricsAreSpokenToWhoAsks() throws Exception {
        try (ServerFixture server = ServerFixture.start(data)) {
            HttpResponse<String> answer = server.raw(server.authorised("/metrics")
                    .header("Accept", "application/openmetrics-text; version=1.0.0, text/plain;q=0.5")
                    .build());

            assertThat(answer.headers().firstValue("content-type").orElse(""))
                    .startsWith("application/openmetrics-text");
            assertThat(answer.body()).endsWith("# EOF\n");
        }
    }

    private ServerConfig with(String access) {
        return ConfigFile.withEnvironment(ServerFixture.config(data), Map.of("BERTH_MANAGEMENT_METRICS", access));
    }

    static String metrics(ServerFixture server) throws Exception {
        HttpResponse<String> answer = server.raw(server.authorised("/metrics").build());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private static HttpResponse<String> without(ServerFixture server) throws Exception {
        return server.raw(server.request("/metrics").build());
    }

    private static void signIn(ServerFixture server, String code) throws Exception {
        String body =
                new JsonObject().put("appid", Defaults.APP).put("code", code).encode();
        HttpResponse<String> answer =
                server.raw(HttpRequest.newBuilder(server.door("gateway").resolve("/__berth__/sessions"))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build());
        assertThat(answer.statusCode()).isEqualTo(401);
    }
}
