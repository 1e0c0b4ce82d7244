package dev.berth.server;

import dev.berth.core.App;
import dev.berth.core.AppKind;
import dev.berth.core.Environment;
import dev.berth.core.Event;
import dev.berth.core.EventRecorder;
import dev.berth.core.Registry;
import dev.berth.core.SignIn;
import dev.berth.functions.FunctionCollaborators;
import dev.berth.functions.Functions;
import dev.berth.gateway.Collaborators;
import dev.berth.gateway.Gateway;
import dev.berth.gateway.Page;
import dev.berth.hosting.Hosting;
import dev.berth.openapi.OpenApi;
import dev.berth.runtime.process.ProcessRuntime;
import dev.berth.store.MasterKey;
import dev.berth.store.Store;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/** The rooms, joined. Starting and closing block. */
public final class BerthServer implements AutoCloseable {
    private static final String SESSION_KEY = "session-signature";
    private static final String OPEN_API_KEY = "open-api";
    private static final String WECHAT = "https://api.weixin.qq.com";

    /** Log lines a second: of failed calls, and of requests that are none. */
    private static final int CALL_LINES = 50;

    private static final int REQUEST_LINES = 10;

    private final ServerConfig config;
    private final Closing closing;
    private final CompletableFuture<Void> shutdownAsked = new CompletableFuture<>();
    private final JsonObject description;
    private final List<String> managementRoutes;

    private BerthServer(Configuration configuration, Function<JsonObject, Map<String, Page>> pages, Closing closing)
            throws IOException {
        this.config = configuration.values();
        this.closing = closing;
        Bindings.requireSafe(config);
        DataFolder data = closing.add(DataFolder.open(config.data()));
        Clock clock = Clock.systemUTC();
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        closing.add(() -> await(vertx.close()));
        Optional<SimulatorRoom> simulator = SimulatorRoom.start(vertx, config.simulator(), data);
        simulator.ifPresent(closing::add);
        Path database = data.resolve("berth.db");
        Store store =
                closing.add(Store.open(database, MasterKey.loadOrCreate(data.resolve("master.key"), database), clock));
        boolean first = store.directory().current().apps().isEmpty();
        if (first && simulator.isPresent()) {
            simulator.get().addUsers(); // before the app, which tells that this is done
            seed(store.registry());
        }
        simulator.ifPresent(room -> room.introduceApps(store));
        ProcessRuntime runtime = closing.add(new ProcessRuntime(
                data.resolve("instances"), PortRanges.parse(config.runtime().ports())));
        EventLog eventLog = closing.add(EventLog.open(data.resolve("events.ndjson")));
        Metrics metrics = new Metrics(config.management().metrics(), store.directory(), vertx);
        EventRecorder events = metrics.countingEvents(eventLog);
        OperatorEvents operator = new OperatorEvents(events, clock);
        OpenApiCalls openApiCalls = new OpenApiCalls(config.management().keptCalls());
        ServiceLogs serviceLogs = new ServiceLogs();
        OpenApi openApi = closing.add(await(OpenApiRoom.start(
                vertx,
                config,
                weChat(simulator),
                runtime.privateFiles(),
                data.resolve("inward"),
                new dev.berth.openapi.Collaborators(
                        store.directory(),
                        store.appSecrets(),
                        store.tokens(),
                        metrics.countingOpenApi(openApiCalls),
                        serviceLogs,
                        store.signingKey(OPEN_API_KEY),
                        clock))));
        Hosting hosting = closing.add(new Hosting(
                data.path(),
                runtime,
                openApi.inwardDoor(),
                store.registry(),
                store.directory(),
                clock,
                events,
                rules()));
        serviceLogs.of(hosting);
        Functions functions = closing.add(FunctionsRoom.open(
                config,
                data.path(),
                new FunctionCollaborators(
                        runtime,
                        openApi.inwardDoor(),
                        store.functions(),
                        store.directory(),
                        openApi.weChat(),
                        openApi.cloudIds(),
                        events,
                        metrics.countingInvocations(),
                        clock)));
        openApi.serve(functions.admin());
        SignIn signIn = metrics.countingSignIns(openApi.signIn());
        CallLog calls = new CallLog(config.management().keptCalls(), new LineLimit(CALL_LINES, System::nanoTime));
        RefusalLog refusals = new RefusalLog(new LineLimit(REQUEST_LINES, System::nanoTime));
        Runnable tellHeldBack = () -> {
            calls.tellHeldBack();
            refusals.tellHeldBack();
        };
        vertx.setPeriodic(1_000, ignored -> tellHeldBack.run());
        closing.add(tellHeldBack::run);
        Map<String, Page> served = new ConcurrentHashMap<>();
        Gateway gateway = await(GatewayRoom.start(
                vertx,
                config,
                simulator.isPresent(),
                path -> Optional.ofNullable(served.get(path)),
                new Collaborators(
                        store.directory(),
                        metrics.countingSessions(store.sessions()),
                        store.signingKey(SESSION_KEY),
                        signIn,
                        openApi.openData(),
                        openApi.cloudbaseTokens(),
                        hosting.activator(),
                        functions.invoker(),
                        metrics.countingCalls(calls),
                        metrics.countingRefusals(refusals),
                        clock)));
        closing.add(() -> await(gateway.close()));
        Optional<SimulatedWeChat> weChat = simulator.map(room -> new SimulatedWeChat(room.baseUrl()));
        SimulatedUsers users = new SimulatedUsers(weChat, signIn);
        FunctionPath functionPath = new FunctionPath(store.directory());
        CompletableFuture<JsonObject> described = new CompletableFuture<>();
        ManagementDoor management = await(ManagementDoor.open(
                vertx,
                config.management(),
                data.token(),
                described::isDone,
                List.of(
                        new StatusRoutes(
                                () -> described.join().copy(),
                                store.directory(),
                                hosting,
                                calls,
                                openApi.way(),
                                operator,
                                () -> shutdownAsked.completeAsync(() -> null)),
                        new AppRoutes(store.directory(), store.registry(), weChat, operator),
                        new CloudCallRoutes(store.directory(), store.registry(), operator),
                        new OpenApiCallRoutes(openApiCalls),
                        new ServiceRoutes(store.directory(), hosting, operator),
                        new VersionRoutes(store.directory(), hosting, operator),
                        new ReleaseRoutes(store.directory(), hosting, operator),
                        new FunctionRoutes(functionPath, functions, operator),
                        new InvocationRoutes(functionPath, functions, users),
                        new TriggerRoutes(store.directory(), functions.triggers(), operator),
                        new LogRoutes(store.directory(), hosting, functions),
                        new EventRoutes(eventLog),
                        new ConfigRoutes(configuration),
                        new MetricsRoute(config.management().metrics(), metrics, store.directory(), hosting, functions),
                        new SimulatorRoutes(weChat, operator),
                        new UserRoutes(users, gateway.sessions(), operator))));
        closing.add(management);
        managementRoutes = management.routes();
        description = ServerDescription.of(
                data,
                ServerDescription.url(config.gateway().host(), gateway.port()),
                ServerDescription.url(config.management().host(), management.port()),
                ServerDescription.url(config.inward().host(), openApi.port()),
                simulator.map(SimulatorRoom::baseUrl));
        served.putAll(pages.apply(description()));
        data.announce(description);
        described.complete(description);
        tell(events, clock, Event.Kind.SERVER_STARTED, "Berth %s, pid %d".formatted(Version.NAME, pid()));
        closing.add(() -> {
            if (!shutdownAsked.isDone()) {
                tell(events, clock, Event.Kind.SERVER_STOPPING, "by a signal or a Ctrl-C");
            }
        });
    }

    /**
     * Opens every door; whatever was opened before a failure is closed again.
     *
     * @param pages made from the {@link #description}, served by the gateway by path
     * @throws dev.berth.core.BerthException with what to do: {@code PORT_TAKEN}, {@code DATA_LOCKED}, {@code
     *     DATA_UNUSABLE}, {@code BINDING_UNSAFE}, or one of the rooms
     */
    public static BerthServer start(Configuration configuration, Function<JsonObject, Map<String, Page>> pages)
            throws IOException {
        Closing closing = new Closing();
        try {
            return new BerthServer(configuration, pages, closing);
        } catch (IOException | RuntimeException | Error e) {
            closing.close();
            throw e;
        }
    }

    static BerthServer start(ServerConfig config, Function<JsonObject, Map<String, Page>> pages) throws IOException {
        return start(Configuration.of(config), pages);
    }

    /** The doors and what a client needs to know, as in {@code server.json}. */
    public JsonObject description() {
        return description.copy();
    }

    /** For the test of their description. */
    List<String> managementRoutes() {
        return managementRoutes;
    }

    /** Completes when somebody asked for the end through the management API. */
    public CompletableFuture<Void> shutdownAsked() {
        return shutdownAsked;
    }

    /** Stops every instance and closes every door. Repeatable. */
    @Override
    public void close() {
        closing.close();
    }

    private static void tell(EventRecorder events, Clock clock, Event.Kind kind, String reason) {
        events.record(
                new Event(clock.instant(), kind, Event.PLATFORM, Optional.empty(), Optional.empty(), "server", reason));
    }

    private static long pid() {
        return ProcessHandle.current().pid();
    }

    private static void seed(Registry registry) {
        byte[] secret = new byte[16];
        new java.security.SecureRandom().nextBytes(secret);
        registry.putApp(
                new App(Defaults.APP, AppKind.MINI_PROGRAM),
                Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
        registry.putEnvironment(new Environment(Defaults.ENVIRONMENT, Defaults.APP));
    }

    private Hosting.Rules rules() {
        return new Hosting.Rules(
                config.runtime().readyWithin(),
                config.runtime().stopGrace(),
                config.logs().serviceSize().bytes());
    }

    private URI weChat(Optional<SimulatorRoom> simulator) {
        if (!config.wechat().baseUrl().isEmpty()) {
            return URI.create(config.wechat().baseUrl());
        }
        return simulator.map(SimulatorRoom::baseUrl).orElse(URI.create(WECHAT));
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while starting or stopping", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
