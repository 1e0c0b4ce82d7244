package dev.berth.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.sun.net.httpserver.HttpServer;
import dev.berth.core.Asker;
import dev.berth.core.Caller;
import dev.berth.core.Directory;
import dev.berth.core.OpenApiRecord;
import dev.berth.core.SignIn;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("CH-139")
class WeChatSignInTest {
    private static final String APP = "wx1111111111111111";
    private static final String SECRET = "s3cret&with=signs";

    private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    private final Queue<OpenApiRecord> records = new ConcurrentLinkedQueue<>();
    private final Vertx vertx = Vertx.vertx();
    private HttpServer weChat;
    private volatile int status = 200;
    private volatile String answer = "{}";

    @BeforeEach
    void start() throws IOException {
        weChat = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        weChat.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            byte[] body = answer.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        weChat.start();
    }

    @AfterEach
    void stop() {
        weChat.stop(0);
        vertx.close().await();
    }

    @Test
    void asksAsWeChatDocumentsItAndTellsWhoItIs() {
        answer = "{\"session_key\":\"a2V5\",\"openid\":\"oAlice\",\"unionid\":\"uAlice\"}";

        assertThat(exchange()).isEqualTo(new SignIn.SignedIn(new Caller(APP, "oAlice", Optional.of("uAlice")), "a2V5"));
        assertThat(asked.remove())
                .isEqualTo("/sns/jscode2session?grant_type=authorization_code&appid=" + APP
                        + "&secret=s3cret%26with%3Dsigns&js_code=co%2Fde");
        assertThat(records)
                .extracting(OpenApiRecord::asker, OpenApiRecord::appId, OpenApiRecord::path)
                .containsExactly(tuple(new Asker.PlatformAsker(), APP, "/sns/jscode2session"));
    }

    @Test
    void passesOnWeChatsOwnRefusal() {
        answer = "{\"errcode\":40029,\"errmsg\":\"invalid code, rid: 1-2-3\"}";

        assertThat(exchange()).isEqualTo(new SignIn.Refused(40029, "invalid code, rid: 1-2-3"));
        assertThat(asked).as("a code is used up by the first try").hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            500 | oops                | answered HTTP 500
            200 | <html>              | did not answer JSON
            200 | {"openid":"oAlice"} | answered neither openid and session_key nor errcode
            200 | []                  | answered neither openid and session_key nor errcode
            """)
    void saysPlainlyWhatIsWrongWithAnAnswer(int code, String body, String complaint) {
        status = code;
        answer = body;

        assertThat(exchange())
                .isInstanceOfSatisfying(
                        SignIn.Unavailable.class,
                        unavailable -> assertThat(unavailable.problem().message())
                                .endsWith(complaint)
                                .doesNotContain("s3cret"));
    }

    @Test
    void doesNotReadAnEndlessAnswer() {
        answer = " ".repeat(70_000);

        assertThat(exchange())
                .isInstanceOfSatisfying(
                        SignIn.Unavailable.class,
                        unavailable ->
                                assertThat(unavailable.problem().message()).endsWith("answered more than 65536 bytes"));
    }

    @Test
    void tellsThatNobodyListens() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        try (Pipeline pipeline = pipeline(URI.create("http://127.0.0.1:" + closed), Optional.of(SECRET))) {
            assertThat(new WeChatSignIn(pipeline)
                            .exchange(APP, "code")
                            .toCompletableFuture()
                            .join())
                    .isInstanceOfSatisfying(
                            SignIn.Unavailable.class,
                            unavailable -> assertThat(unavailable.problem().message())
                                    .contains("cannot be reached")
                                    .doesNotContain("s3cret"));
        }
    }

    @Test
    void asksNobodyForAnAppWithoutSecret() {
        try (Pipeline pipeline = pipeline(baseUrl(), Optional.empty())) {
            assertThat(new WeChatSignIn(pipeline)
                            .exchange(APP, "code")
                            .toCompletableFuture()
                            .join())
                    .isEqualTo(new SignIn.Refused(40013, "invalid appid"));
        }
        assertThat(asked).isEmpty();
    }

    private SignIn.Outcome exchange() {
        try (Pipeline pipeline = pipeline(baseUrl(), Optional.of(SECRET))) {
            return new WeChatSignIn(pipeline)
                    .exchange(APP, "co/de")
                    .toCompletableFuture()
                    .join();
        }
    }

    private Pipeline pipeline(URI baseUrl, Optional<String> secret) {
        return new Pipeline(
                vertx,
                PipelineOptions.of(baseUrl),
                new PipelinePorts(
                        () -> Directory.EMPTY, app -> secret, new MemoryTokens(), records::add, Instant::now));
    }

    private URI baseUrl() {
        return URI.create("http://127.0.0.1:" + weChat.getAddress().getPort());
    }
}
