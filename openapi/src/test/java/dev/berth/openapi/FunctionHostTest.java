package dev.berth.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.AdminActions.Answer;
import dev.berth.core.BerthException;
import dev.berth.core.FunctionVersionId;
import dev.berth.core.InstanceRuntime;
import dev.berth.core.InwardDoor.Admission;
import dev.berth.openapi.RelayFixture.Inside;
import dev.berth.openapi.RelayFixture.Response;
import dev.berth.openapi.RelayFixture.Wire;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a host of a function finds {@code /admin}. */
@Tag("AD-5")
class FunctionHostTest {
    private static final FunctionVersionId VERSION = RelayFixture.FUNCTION;

    @TempDir
    Path folder;

    @Test
    @Tag("AD-2")
    @Tag("AD-4")
    void hasAnAddressForTheNamesOfThePlatformAndNoProxy() throws IOException {
        try (RelayFixture berth = start(RelayFixture.POSSIBLE)) {
            Admission one = berth.openApi.inwardDoor().admit(VERSION, "sum-001-aaaa");
            Admission two = berth.openApi.inwardDoor().admit(VERSION, "sum-001-bbbb");

            assertThat(one.variables()).isEqualTo(Map.of("TCB_CONTEXT_CNFG", configuration(berth)));
            assertThat(one.surroundings().files()).isEmpty();
            Map<String, String> hosts = one.surroundings().hosts();
            assertThat(hosts).containsOnlyKeys("tcb-admin.tencentyun.com", "tcb-open.tencentyun.com");
            assertThat(hosts.values()).allMatch(address -> address.startsWith("127.77."));
            assertThat(two.surroundings().hosts()).isNotEqualTo(hosts);
            for (Map.Entry<String, String> name : hosts.entrySet()) {
                try (Wire wire = new Wire(name.getValue(), berth.namePorts.http())) {
                    assertThat(post(wire, "/admin?&eventId=1", name.getKey()).body())
                            .isEqualTo("{}");
                    assertThat(post(wire, "/other", name.getKey()).status()).isEqualTo(421);
                }
            }
            assertThat(one.toString()).doesNotContain("http");

            one.close();

            String address = String.valueOf(hosts.get("tcb-admin.tencentyun.com"));
            Awaitility.await()
                    .untilAsserted(() -> assertThatThrownBy(() -> new Wire(address, berth.namePorts.http()).close())
                            .isInstanceOf(IOException.class));
        }
    }

    @Test
    @Tag("AD-2")
    void obeysAProxyWhereTheNamesHaveNoAddress() throws IOException {
        try (RelayFixture berth = start(RelayFixture.IMPOSSIBLE)) {
            Inside host = berth.admitHost("sum-001-aaaa");

            assertThat(host.admission.surroundings().isEmpty()).isTrue();
            assertThat(host.admission.variables())
                    .containsOnlyKeys("TCB_CONTEXT_CNFG", "http_proxy", "no_proxy")
                    .containsEntry("TCB_CONTEXT_CNFG", configuration(berth))
                    .hasEntrySatisfying("no_proxy", none -> assertThat(none).contains("127.0.0.1"));
            try (Wire wire = berth.byProxy()) {
                String line = "POST http://tcb-open.tencentyun.com/admin HTTP/1.1";
                assertThat(wire.send(
                                        line,
                                        "Host: tcb-open.tencentyun.com",
                                        "Proxy-Authorization: " + host.proxyAuthorization(),
                                        "Content-Length: 2")
                                .sendRaw("{}")
                                .response()
                                .body())
                        .isEqualTo("{}");
            }
        }
    }

    @Test
    @Tag("OA-8")
    void reachesOtherHostsByItsProxyUntilItEnds() throws IOException {
        try (RelayFixture berth = start(RelayFixture.IMPOSSIBLE)) {
            HttpServer other = RelayFixture.await(berth.vertx
                    .createHttpServer()
                    .requestHandler(request -> request.response().end("other"))
                    .listen(0, "127.0.0.1"));
            Inside host = berth.admitHost("sum-001-aaaa");
            String line = "GET http://localhost:" + other.actualPort() + "/ HTTP/1.1";
            String credential = "Proxy-Authorization: " + host.proxyAuthorization();
            try (Wire wire = berth.byProxy()) {
                assertThat(wire.send(line, "Host: x", credential).head()).startsWith("HTTP/1.1 200");
            }

            host.admission.close();

            try (Wire wire = berth.byProxy()) {
                assertThat(wire.send(line, "Host: x", credential).response().status())
                        .isEqualTo(407);
            }
        }
    }

    @Test
    void keepsOtherInstancesOffThePortOfTheNames() {
        try (RelayFixture berth = start(RelayFixture.POSSIBLE);
                Admission host = berth.openApi.inwardDoor().admit(VERSION, "sum-001-aaaa")) {
            assertThat(host.surroundings().hosts()).isNotEmpty();
            OptionalInt own = OptionalInt.of(berth.namePorts.http());
            assertThatThrownBy(() -> berth.openApi.inwardDoor().admit(RelayFixture.VERSION, "demo-001-aaaa", own))
                    .isInstanceOfSatisfying(
                            BerthException.class,
                            refused -> assertThat(refused.problem().message())
                                    .contains("tcb-admin.tencentyun.com", "sum-001-aaaa"));
        }
    }

    @Test
    void hasWeChatItselfUnderItsName() {
        RelayTarget target = RelayTarget.of("GET", "http://api.weixin.qq.com/a?b=%zz", "x");

        assertThat(target).isInstanceOfSatisfying(RelayTarget.WeChat.class, weChat -> {
            assertThat(weChat.itself().uri()).isEqualTo("/a?b=%zz");
            assertThat(weChat.itself().authority().isWeChat()).isTrue();
        });
        assertThat(Admitted.host(VERSION, "sum-001-aaaa").asker()).isEmpty();
    }

    private RelayFixture start(InstanceRuntime.PrivateFiles privateFiles) {
        RelayFixture berth = new RelayFixture(folder, privateFiles, false, RelayLimits.DEFAULT);
        berth.openApi.serve(request ->
                CompletableFuture.completedFuture(new Answer(200, "application/octet-stream", request.body())));
        return berth;
    }

    private static String configuration(RelayFixture berth) {
        return new JsonObject()
                .put("URL", "http://127.0.0.1:%d/admin".formatted(berth.openApi.port()))
                .encode();
    }

    private static Response post(Wire wire, String path, String host) throws IOException {
        return wire.send("POST " + path + " HTTP/1.1", "Host: " + host, "Content-Length: 2")
                .sendRaw("{}")
                .response();
    }
}
