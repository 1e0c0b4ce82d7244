package dev.berth.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.Asker;
import dev.berth.core.BerthException;
import dev.berth.openapi.RelayFixture.Inside;
import dev.berth.openapi.RelayFixture.Response;
import dev.berth.openapi.RelayFixture.Wire;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("OA-1")
@Tag("OA-8")
@Tag("OA-9")
class RelayTest {
    @TempDir
    Path folder;

    private RelayFixture berth;
    private Inside inside;

    @BeforeEach
    void start() {
        berth = new RelayFixture(folder);
        inside = berth.admit("demo-001-aaaa");
    }

    @AfterEach
    void stop() {
        berth.close();
    }

    @Test
    @Tag("OA-2")
    @Tag("OA-7")
    @Tag("OA-12")
    void addsTheTokenAndLeavesTheRestOfTheRequestAlone() throws IOException {
        try (Wire wire = inside.byName()) {
            Response response = wire.send(
                            "POST /wxa/x?b=%zz&access_token=own&a=1%2B1&from_appid=" + RelayFixture.GRANTED
                                    + "&b=%E4&&c HTTP/1.1",
                            "Host: api.weixin.qq.com",
                            "Content-Type: text/odd",
                            "Accept: a/b",
                            "Proxy-Authorization: Basic c2VjcmV0",
                            "Connection: X-Hop",
                            "X-Hop: 1",
                            "Content-Length: 3")
                    .sendRaw("abc")
                    .response();

            assertThat(response.status()).isEqualTo(200);
            assertThat(response.body()).isEqualTo("{\"errcode\":0,\"errmsg\":\"ok\"}");
            assertThat(response.header("content-type")).isEqualTo(ScriptedWeChat.JSON);
            assertThat(response.header("x-openapi-seqid")).isNotEmpty();
        }
        ScriptedWeChat.Seen seen = berth.weChat.seen("/wxa/x").getFirst();
        assertThat(seen.query()).isEqualTo("access_token=TOKEN-1&b=%zz&a=1%2B1&b=%E4&&c");
        assertThat(seen.body()).isEqualTo(Buffer.buffer("abc"));
        assertThat(seen.headers().get("content-type")).isEqualTo("text/odd");
        assertThat(seen.headers().get("accept")).isEqualTo("a/b");
        assertThat(seen.headers().contains("x-hop")).isFalse();
        assertThat(seen.headers().contains("proxy-authorization")).isFalse();
        assertThat(berth.records.getLast().asker())
                .isEqualTo(new Asker.InstanceAsker(RelayFixture.VERSION, "demo-001-aaaa"));
        assertThat(berth.records.getLast().appId()).isEqualTo(RelayFixture.GRANTED);
    }

    @Test
    @Tag("OA-13")
    @Tag("OA-20")
    void refusesAnAppWithoutAGrant() throws IOException {
        try (Wire wire = inside.byName()) {
            Response response = wire.send(
                            "GET /wxa/x?from_appid=wx9999999999999999 HTTP/1.1", "Host: api.weixin.qq.com")
                    .response();

            assertThat(response.body()).contains("85105");
            assertThat(response.header("x-openapi-seqid")).isNotEmpty();
        }
        assertThat(berth.weChat.seen("/wxa/x")).isEmpty();
    }

    @Test
    @Tag("OA-25")
    void saysWhyItRefusesAndReadsTheNextRequestOfTheConnection() throws IOException {
        berth.cloudCall = berth.cloudCall.withPaths(Set.of("/ok"));
        try (Wire wire = inside.byName()) {
            Response denied = wire.send("POST /no HTTP/1.1", "Host: api.weixin.qq.com", "Content-Length: 5")
                    .sendRaw("abcde")
                    .response();
            Response allowed =
                    wire.send("GET /ok HTTP/1.1", "Host: api.weixin.qq.com").response();

            assertThat(denied.body()).contains("85107");
            assertThat(denied.header("x-berth-reason")).contains("/no");
            assertThat(allowed.status()).isEqualTo(200);
        }
    }

    @Test
    void takesOneAddressForOneInstance() throws IOException {
        Inside other = berth.admit("demo-001-bbbb");
        assertThat(other.address()).startsWith("127.77.").isNotEqualTo(inside.address());
        try (Wire wire = other.byName()) {
            wire.send("GET /x HTTP/1.1", "Host: api.weixin.qq.com").response();
        }
        assertThat(berth.records.getLast().asker())
                .isEqualTo(new Asker.InstanceAsker(RelayFixture.VERSION, "demo-001-bbbb"));
    }

    @Test
    void takesAnOrdinaryProxyRequestWithTheCredential() throws IOException {
        try (Wire wire = berth.byProxy()) {
            Response response = wire.send(
                            "GET http://API.weixin.qq.com:80/img/a?name=\u00e4\u00b8 HTTP/1.1",
                            "Host: whatever",
                            "Proxy-Authorization: " + inside.proxyAuthorization())
                    .response();

            assertThat(response.status()).isEqualTo(200);
        }
        assertThat(berth.weChat.seen("/img/a").getFirst().query()).isEqualTo("access_token=TOKEN-1&name=%E4%B8");
    }

    @Test
    void asksForTheCredentialAtTheDoorThatAllShare() throws IOException {
        String valid = inside.proxyAuthorization();
        for (String claim : new String[] {
            "X: y",
            "Proxy-Authorization: " + valid.substring(0, valid.length() - 4),
            "Proxy-Authorization: Basic !",
            "Proxy-Authorization: Bearer x",
            "Proxy-Authorization: Basic YTpi"
        }) {
            try (Wire wire = berth.byProxy()) {
                Response response = wire.send(
                                "GET http://api.weixin.qq.com/x HTTP/1.1", "Host: api.weixin.qq.com", claim)
                        .response();

                assertThat(response.status()).as(claim).isEqualTo(407);
                assertThat(response.header("proxy-authenticate")).startsWith("Basic");
                assertThat(response.body()).contains("http_proxy");
            }
        }
    }

    @Test
    void forgetsAnInstanceAtOnce() throws IOException {
        try (Wire byName = inside.byName();
                Wire byProxy = berth.byProxy()) {
            byName.send("GET /x HTTP/1.1", "Host: api.weixin.qq.com").response();
            byProxy.send(
                            "GET http://api.weixin.qq.com/x HTTP/1.1",
                            "Host: api.weixin.qq.com",
                            "Proxy-Authorization: " + inside.proxyAuthorization())
                    .response();

            inside.admission.close();
            inside.admission.close();

            assertThat(readToEnd(byName)).isEmpty();
            assertThat(readToEnd(byProxy)).isEmpty();
        }
        try (Wire wire = berth.byProxy()) {
            assertThat(wire.send(
                                    "GET http://api.weixin.qq.com/x HTTP/1.1",
                                    "Host: api.weixin.qq.com",
                                    "Proxy-Authorization: " + inside.proxyAuthorization())
                            .response()
                            .status())
                    .isEqualTo(407);
        }
        assertThatThrownBy(inside::byName).isInstanceOf(IOException.class);
    }

    private static String readToEnd(Wire wire) throws IOException {
        try {
            return wire.rest();
        } catch (SocketException reset) {
            return "";
        }
    }

    @Test
    void leavesOtherHostsOfTheAddressAlone() throws IOException {
        try (Wire wire = inside.byName()) {
            Response response =
                    wire.send("GET /x HTTP/1.1", "Host: example.com").response();

            assertThat(response.status()).isEqualTo(421);
            assertThat(response.body()).contains("api.weixin.qq.com");
        }
        assertThat(berth.weChat.seen("/x")).isEmpty();
    }

    @Test
    void streamsBothWays() throws Exception {
        BlockingQueue<String> arrived = new LinkedBlockingQueue<>();
        berth.weChat.takeOver("/media", request -> {
            request.response()
                    .setChunked(true)
                    .putHeader("content-type", "image/png")
                    .write("first");
            request.handler(part -> arrived.add(part.toString()));
            request.endHandler(end -> request.response().end("last"));
        });
        try (Wire wire = inside.byName()) {
            wire.send("POST /media HTTP/1.1", "Host: api.weixin.qq.com", "Transfer-Encoding: chunked")
                    .sendRaw("3\r\nabc\r\n");
            assertThat(arrived.poll(15, TimeUnit.SECONDS)).isEqualTo("abc");
            String head = wire.head();
            assertThat(head).contains("200").containsIgnoringCase("transfer-encoding: chunked");
            assertThat(wire.read("5\r\nfirst\r\n".length())).isEqualTo("5\r\nfirst\r\n");
            wire.sendRaw("2\r\nde\r\n0\r\n\r\n");
            assertThat(arrived.poll(15, TimeUnit.SECONDS)).isEqualTo("de");
            assertThat(wire.read("4\r\nlast\r\n0\r\n\r\n".length())).isEqualTo("4\r\nlast\r\n0\r\n\r\n");
        }
    }

    @Test
    void passesBinaryAnswersUnchanged() throws IOException {
        byte[] image = new byte[300_000];
        new java.util.Random(1).nextBytes(image);
        berth.weChat.takeOver(
                "/img",
                request -> request.response()
                        .putHeader("content-type", "image/jpeg")
                        .end(Buffer.buffer(image)));
        try (Wire wire = inside.byName()) {
            Response response =
                    wire.send("GET /img HTTP/1.1", "Host: api.weixin.qq.com").response();

            assertThat(response.header("content-type")).isEqualTo("image/jpeg");
            assertThat(response.body().getBytes(java.nio.charset.StandardCharsets.ISO_8859_1))
                    .isEqualTo(image);
        }
    }

    @Test
    void breaksOffWhenWeChatDoes() throws IOException {
        berth.weChat.takeOver("/half", request -> {
            request.response().putHeader("content-type", "image/png").putHeader("content-length", "1000000");
            request.response()
                    .write("only this")
                    .onSuccess(sent -> request.connection().close());
        });
        try (Wire wire = inside.byName()) {
            wire.send("GET /half HTTP/1.1", "Host: api.weixin.qq.com");
            assertThat(wire.head()).contains("1000000");
            assertThat(readToEnd(wire).length()).isLessThan(1000);
        }
    }

    @Test
    void asksNoLongerForWhoHasGone() throws Exception {
        CompletableFuture<Void> asked = new CompletableFuture<>();
        CompletableFuture<Void> ended = new CompletableFuture<>();
        berth.weChat.takeOver("/slow", request -> {
            request.connection().closeHandler(closed -> ended.complete(null));
            asked.complete(null);
        });
        try (Wire wire = inside.byName()) {
            wire.send("GET /slow HTTP/1.1", "Host: api.weixin.qq.com");
            asked.get(15, TimeUnit.SECONDS);
        }
        ended.get(15, TimeUnit.SECONDS);
    }

    @Test
    void answersHeadWithoutABody() throws IOException {
        try (Wire wire = inside.byName()) {
            assertThat(wire.send("HEAD /x HTTP/1.1", "Host: api.weixin.qq.com").head())
                    .startsWith("HTTP/1.1 200");
            assertThat(wire.send("GET /x HTTP/1.1", "Host: api.weixin.qq.com")
                            .response()
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void speaksHttp10() throws IOException {
        try (Wire wire = inside.byName()) {
            String whole =
                    wire.send("GET /x HTTP/1.0", "Host: api.weixin.qq.com").rest();

            assertThat(whole).startsWith("HTTP/1.0 200").endsWith("{\"errcode\":0,\"errmsg\":\"ok\"}");
        }
    }

    @Test
    void invitesABodyThatWaitsForIt() throws IOException {
        try (Wire wire = inside.byName()) {
            wire.send("POST /x HTTP/1.1", "Host: api.weixin.qq.com", "Content-Length: 2", "Expect: 100-continue");
            assertThat(wire.head()).startsWith("HTTP/1.1 100");
            assertThat(wire.sendRaw("ab").response().status()).isEqualTo(200);
        }
        assertThat(berth.weChat.seen("/x").getFirst().body()).isEqualTo(Buffer.buffer("ab"));
    }

    @Test
    void neverInvitesABodyThatIsRefused() throws IOException {
        berth.cloudCall = berth.cloudCall.withPaths(Set.of());
        try (Wire wire = inside.byName()) {
            wire.send("POST /x HTTP/1.1", "Host: api.weixin.qq.com", "Content-Length: 2", "Expect: 100-continue");
            Response response = wire.response();

            assertThat(response.body()).contains("85107");
            assertThat(response.header("connection")).isEqualTo("close");
        }
    }

    @Test
    void answersPipelinedRequestsInTurn() throws IOException {
        berth.weChat.answer("/a", seen -> "{\"errcode\":0,\"which\":\"a\"}");
        berth.weChat.answer("/b", seen -> "{\"errcode\":0,\"which\":\"b\"}");
        try (Wire wire = inside.byName()) {
            wire.sendRaw(
                    "GET /a HTTP/1.1\r\nHost: api.weixin.qq.com\r\n\r\nGET /b HTTP/1.1\r\nHost: api.weixin.qq.com\r\n\r\n");
            assertThat(wire.response().body()).contains("\"a\"");
            assertThat(wire.response().body()).contains("\"b\"");
        }
    }

    @Test
    void keepsOffThePortOfTheInstanceItself() {
        OptionalInt own = OptionalInt.of(berth.namePorts.http());
        assertThatThrownBy(() -> berth.openApi.inwardDoor().admit(RelayFixture.VERSION, "demo-001-cccc", own))
                .isInstanceOfSatisfying(
                        BerthException.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo("PORT_TAKEN"));
        inside.admission.close();

        try (var admission = berth.openApi.inwardDoor().admit(RelayFixture.VERSION, "demo-001-cccc", own)) {
            assertThat(admission.surroundings().hosts()).isEmpty();
            assertThat(admission.variables()).containsKey("http_proxy");
        }
    }

    @Test
    void givesAProxyAloneWhereSomebodyElseHasThePort() throws IOException {
        inside.admission.close();
        try (ServerSocket elsewhere = new ServerSocket()) {
            bindOnceFree(elsewhere, berth.namePorts.http());
            Inside other = berth.admit("demo-001-bbbb");

            assertThat(other.admission.surroundings().hosts()).isEmpty();
            assertThat(other.admission.variables()).containsKeys("NODE_USE_ENV_PROXY", "JAVA_TOOL_OPTIONS");
        }
    }

    /** Doors of an instance close soon after its admission, not before that returns. */
    private static void bindOnceFree(ServerSocket socket, int port) {
        Awaitility.await().ignoreException(BindException.class).until(() -> {
            socket.bind(new InetSocketAddress(port));
            return true;
        });
    }

    @Test
    @Tag("OA-5")
    void endsConnectionsOverTlsWithTheInstanceToo() throws IOException {
        try (Wire wire = new Wire(inside.address(), berth.namePorts.https())) {
            wire.sendRaw("\u0016"); // a handshake begins
            inside.admission.close();
            assertThat(readToEnd(wire)).isEmpty();
        }
    }

    @Test
    void knowsTheInstanceAtTheEndOfItsTunnel() throws IOException {
        try (Wire wire = berth.byProxy()) {
            wire.send(
                    "CONNECT api.weixin.qq.com:80 HTTP/1.1",
                    "Host: x",
                    "Proxy-Authorization: " + inside.proxyAuthorization());
            assertThat(wire.head()).startsWith("HTTP/1.1 200");
            assertThat(wire.send("GET /x HTTP/1.1", "Host: api.weixin.qq.com")
                            .response()
                            .status())
                    .isEqualTo(200);
            inside.admission.close();
            assertThat(readToEnd(wire)).isEmpty();
        }
    }

    @Test
    void closesRepeatedlyAndTakesNobodyIn() {
        berth.openApi.close();
        berth.openApi.close();

        assertThatThrownBy(inside::byName).isInstanceOf(IOException.class);
        assertThatThrownBy(berth::byProxy).isInstanceOf(IOException.class);
    }

    @Test
    void neverMixesUpInstances() throws Exception {
        int instances = 12;
        int rounds = 20;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> asking = new ArrayList<>();
            for (int i = 0; i < instances; i++) {
                String id = "demo-001-%04d".formatted(i);
                Inside one = berth.admit(id);
                asking.add(threads.submit(() -> askInManyWays(one, "/who/" + id, rounds)));
            }
            for (Future<?> each : asking) {
                each.get(30, TimeUnit.SECONDS);
            }
        }
        assertThat(berth.records)
                .filteredOn(call -> call.path().startsWith("/who/"))
                .hasSize(instances * rounds * 3)
                .allMatch(call -> call.path().equals("/who/" + ((Asker.InstanceAsker) call.asker()).instanceId()));
    }

    private @Nullable Void askInManyWays(Inside one, String path, int rounds) throws IOException {
        String authorization = "Proxy-Authorization: " + one.proxyAuthorization();
        for (int round = 0; round < rounds; round++) {
            try (Wire byName = one.byName();
                    Wire byProxy = berth.byProxy();
                    Wire tunnel = berth.byProxy()) {
                byName.send("GET " + path + " HTTP/1.1", "Host: api.weixin.qq.com");
                byProxy.send("GET http://api.weixin.qq.com" + path + " HTTP/1.1", "Host: x", authorization);
                tunnel.send("CONNECT api.weixin.qq.com:80 HTTP/1.1", "Host: x", authorization)
                        .head();
                tunnel.send("GET " + path + " HTTP/1.1", "Host: api.weixin.qq.com");
                for (Wire wire : new Wire[] {byName, byProxy, tunnel}) {
                    assertThat(wire.response().body()).contains("\"errcode\":0");
                }
            }
        }
        return null;
    }
}
