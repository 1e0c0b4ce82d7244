package dev.berth.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.core.CallRecord;
import dev.berth.core.Caller;
import dev.berth.core.OpenData;
import dev.berth.core.RefusedRequest;
import dev.berth.core.Session;
import dev.berth.core.SignIn;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The real gateway on a free port, between a {@link RawClient} and a {@link RawService}; its ports are doubles. */
final class GatewayFixture implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    static final Caller ALICE = new Caller(TestDirectory.OWNER, "o-alice", Optional.of("u-alice"));
    private static final String PAGE_ORIGIN = "https://shop.example.com";

    final TestClock clock = new TestClock();
    final MemorySessions sessions = new MemorySessions();
    final TestActivator activator = new TestActivator();
    final TestFunctions functions = new TestFunctions();
    private final LinkedBlockingQueue<CallRecord> calls = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<RefusedRequest> refusals = new LinkedBlockingQueue<>();
    private final AllowedMethods methods;
    private final boolean loopbackPages;
    private final TrustedProxies trustedProxies;
    private final DoorLimits limits;
    private Optional<Vertx> vertx = Optional.empty();
    private Optional<RawService> service = Optional.empty();
    private volatile SignIn signIn = GatewayFixture::knowNobody;
    private volatile OpenData openData = GatewayFixture::decryptNothing;
    private Optional<Gateway> gateway = Optional.empty();
    private Optional<CompletableFuture<Void>> closing = Optional.empty();
    private String session = "";

    GatewayFixture() {
        this(AllowedMethods.DOCUMENTED, true);
    }

    GatewayFixture(TrustedProxies trustedProxies) {
        this(AllowedMethods.DOCUMENTED, true, trustedProxies, DoorLimits.DEFAULT);
    }

    GatewayFixture(AllowedMethods methods, boolean loopbackPages) {
        this(methods, loopbackPages, TrustedProxies.NONE, DoorLimits.DEFAULT);
    }

    GatewayFixture(DoorLimits limits) {
        this(AllowedMethods.DOCUMENTED, true, TrustedProxies.NONE, limits);
    }

    private GatewayFixture(
            AllowedMethods methods, boolean loopbackPages, TrustedProxies trustedProxies, DoorLimits limits) {
        this.limits = limits;
        this.methods = methods;
        this.trustedProxies = trustedProxies;
        this.loopbackPages = loopbackPages;
    }

    private static CompletableFuture<SignIn.Outcome> knowNobody(String appId, String code) {
        return CompletableFuture.completedFuture(new SignIn.Refused(40029, "invalid code"));
    }

    private static OpenData.Outcome decryptNothing(Caller user, String sessionKey, OpenData.Given given) {
        return new OpenData.Refused(-41003, "aes decryption failed", "Sign in again.");
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        vertx = Optional.of(Vertx.vertx());
        service = Optional.of(new RawService());
        closing = Optional.empty();
        GatewayOptions options = new GatewayOptions(
                "127.0.0.1",
                0,
                Session.Lifetime.DEFAULT,
                methods,
                new BrowserOrigins(Set.of(PAGE_ORIGIN), loopbackPages),
                path -> path.equals("/__berth__/hello.txt")
                        ? Optional.of(new Page("text/plain", new byte[] {'h', 'i'}))
                        : Optional.empty(),
                trustedProxies,
                limits,
                Duration.ofSeconds(2));
        Collaborators ports = new Collaborators(
                TestDirectory::current,
                sessions,
                new byte[32],
                (appId, code) -> signIn.exchange(appId, code),
                (user, key, given) -> openData.cloudId(user, key, given),
                (environmentId, appId) -> "token of " + appId + " in " + environmentId,
                activator,
                functions,
                calls::add,
                refusals::add,
                clock);
        gateway = Optional.of(Gateway.start(vertx.orElseThrow(), options, ports)
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS));
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        sessions.broken = false;
        session = signedIn(ALICE);
        signIn = GatewayFixture::knowNobody;
        openData = GatewayFixture::decryptNothing;
        service().forget();
        activator.forget();
        activator.serve(service().port());
        functions.forget();
        calls.clear();
        refusals.clear();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        activator.awaitAllEndedOnce();
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        closed().get(20, TimeUnit.SECONDS);
        vertx.orElseThrow().close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        service().close();
    }

    /** Closes the door, once. */
    CompletableFuture<Void> closed() {
        closing = closing.or(() ->
                Optional.of(gateway.orElseThrow().close().toCompletionStage().toCompletableFuture()));
        return closing.get();
    }

    int port() {
        return gateway.orElseThrow().port();
    }

    RawService service() {
        return service.orElseThrow();
    }

    void signIn(SignIn next) {
        signIn = next;
    }

    void openData(OpenData next) {
        openData = next;
    }

    /** A session of this user. */
    String signedIn(Caller caller) throws Exception {
        return gateway.orElseThrow()
                .sessions()
                .open(caller, "key of " + caller.openId())
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    /** Alice calls the service {@code demo}. */
    Ask ask(String method, String target) {
        return askLine(method + " " + target + " HTTP/1.1");
    }

    Ask askLine(String requestLine) {
        return new Ask(requestLine)
                .line("Host: gateway.test")
                .line("X-WX-ENV: " + TestDirectory.ENV)
                .line("X-WX-SERVICE: demo")
                .line("X-Berth-Session: " + session);
    }

    /** Headers of Alice's call of {@code demo} in HTTP/2, and these. */
    String[] http2(String method, String path, String... more) {
        return Stream.concat(
                        Stream.of(
                                ":method",
                                method,
                                ":scheme",
                                "http",
                                ":authority",
                                "gateway.test",
                                ":path",
                                path,
                                "x-wx-env",
                                TestDirectory.ENV,
                                "x-wx-service",
                                "demo",
                                "x-berth-session",
                                session),
                        Stream.of(more))
                .toArray(String[]::new);
    }

    RawClient connect() throws IOException {
        return new RawClient(port());
    }

    RawClient.Answer call(Ask ask) throws IOException {
        return call(ask.toBytes());
    }

    RawClient.Answer call(byte[] request) throws IOException {
        try (RawClient client = connect()) {
            return client.send(request).read();
        }
    }

    /** The next call that the gateway has recorded. */
    CallRecord recorded() throws InterruptedException {
        CallRecord call = calls.poll(20, TimeUnit.SECONDS);
        assertThat(call).as("a recorded call").isNotNull();
        return call;
    }

    /** The next call of this path; what is recorded late of the test before is none. */
    CallRecord recorded(String path) throws InterruptedException {
        CallRecord call = recorded();
        while (!call.path().equals(path)) {
            call = recorded();
        }
        return call;
    }

    /** The next request that was refused before it was a call. */
    RefusedRequest refused() throws InterruptedException {
        RefusedRequest request = refusals.poll(20, TimeUnit.SECONDS);
        assertThat(request).as("a refused request").isNotNull();
        return request;
    }

    List<RefusedRequest> refusedSoFar() {
        return List.copyOf(refusals);
    }

    List<CallRecord> recordedSoFar() {
        return List.copyOf(calls);
    }

    void awaitAsked(int times) {
        await().until(() -> activator.asked() == times);
    }
}
