package dev.berth.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.berth.core.OpenData;
import dev.berth.core.Problem;
import dev.berth.core.Session;
import dev.berth.core.StartFailure;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/** Any text at all: nobody is recognised by it unless it is a session that was issued, byte for byte. */
class SessionFuzzTest {
    private static final byte[] KEY = new byte[32];

    /** Issued by nobody, but with the right signature; the same in every run, so that findings can be repeated. */
    private static final String SIGNED = new SessionSignature(KEY).sign("AAAAAAAAAAAAAAAAAAAAAAAA");

    private static final Vertx VERTX = Vertx.vertx();

    @SuppressWarnings("NullAway.Init")
    private static Sessions sessions;

    @SuppressWarnings("NullAway.Init")
    private static String issued;

    static Stream<byte[]> tokens() {
        return Stream.of(
                        SIGNED,
                        SIGNED + " ",
                        SIGNED + "=",
                        SIGNED.toLowerCase(java.util.Locale.ROOT),
                        SIGNED.replace('.', '\0'),
                        SIGNED + "," + SIGNED,
                        SIGNED.replace("A.", "\u00e4."),
                        ".",
                        "",
                        "a.b.c",
                        "A".repeat(300) + "." + "B".repeat(43))
                .map(token -> token.getBytes(StandardCharsets.UTF_8));
    }

    @BeforeAll
    static void issue() throws Exception {
        sessions = new Sessions(
                VERTX,
                new Collaborators(
                        TestDirectory::current,
                        new MemorySessions(),
                        KEY,
                        (appId, code) -> new CompletableFuture<>(),
                        (user, key, given) -> new OpenData.Refused(-1, "no open data here", "None."),
                        (environmentId, appId) -> "no tokens here",
                        (version, receiver) -> receiver.refused(
                                new StartFailure(new Problem("NONE", "test", "no instances here", "None."))),
                        invocation -> new CompletableFuture<>(),
                        call -> {},
                        request -> {},
                        InstantSource.system()),
                Session.Lifetime.DEFAULT);
        issued = get(sessions.open(GatewayFixture.ALICE, "key"));
        assertThat(get(sessions.verify(issued))).isEqualTo(new Sessions.Valid(GatewayFixture.ALICE));
        assertThat(sessions.cached(issued)).contains(GatewayFixture.ALICE);
    }

    @AfterAll
    static void close() throws Exception {
        get(VERTX.close());
    }

    @Tag("CH-83")
    @MethodSource("tokens")
    @FuzzTest(maxDuration = "4s")
    void noTextIsASessionUnlessItWasIssued(byte[] input) throws Exception {
        String text = new String(input, StandardCharsets.UTF_8);
        check(text);
        // also in the neighbourhood of the real one, which the fuzzer cannot guess
        if (!text.isEmpty()) {
            int at = text.length() % issued.length();
            check(issued.substring(0, at) + text.charAt(0) + issued.substring(at + 1));
            check(issued + text);
            check(text + issued);
        }
    }

    private static void check(String text) throws Exception {
        Sessions.Verdict verdict = get(sessions.verify(text));
        if (text.equals(issued)) {
            assertThat(verdict).isInstanceOf(Sessions.Valid.class);
            return;
        }
        assertThat(sessions.cached(text)).isEmpty();
        if (text.equals(SIGNED)) {
            assertThat(verdict).isInstanceOf(Sessions.Over.class);
        } else {
            assertThat(verdict).as("verdict on %s", text).isInstanceOf(Sessions.Forged.class);
        }
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
