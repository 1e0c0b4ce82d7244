package dev.berth.server;

import dev.berth.core.Event;
import dev.berth.core.EventRecorder;
import dev.berth.gateway.Page;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** A running server: its {@link Rooms}, with the management door over them. Starting and closing block. */
public final class BerthServer implements AutoCloseable {
    /** Its cache would stay in the temporary folder when the server is killed. */
    private static final FileSystemOptions NO_FILES_OF_ITS_OWN =
            new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false);

    private final Closing closing;
    private final CompletableFuture<Void> shutdownAsked = new CompletableFuture<>();
    private final JsonObject description;
    private final List<String> managementRoutes;

    private BerthServer(Configuration configuration, Function<JsonObject, Map<String, Page>> pages, Closing closing)
            throws IOException {
        this.closing = closing;
        ServerConfig config = configuration.values();
        Bindings.requireSafe(config);
        DataFolder data = closing.add(DataFolder.open(config.data()));
        Clock clock = Clock.systemUTC();
        Vertx vertx = Vertx.vertx(
                new VertxOptions().setPreferNativeTransport(true).setFileSystemOptions(NO_FILES_OF_ITS_OWN));
        closing.add(() -> Awaited.of(vertx.close()));
        Map<String, Page> served = new ConcurrentHashMap<>();
        Rooms rooms = Rooms.open(config, data, clock, vertx, path -> Optional.ofNullable(served.get(path)), closing);
        CompletableFuture<JsonObject> described = new CompletableFuture<>();
        ManagementDoor management = closing.add(Awaited.of(ManagementDoor.open(
                vertx,
                config.management(),
                data.token(),
                described::isDone,
                ManagementRoutes.over(
                        rooms,
                        configuration,
                        clock,
                        () -> described.join().copy(),
                        () -> shutdownAsked.completeAsync(() -> null)))));
        managementRoutes = management.routes();
        description = ServerDescription.of(
                data,
                ServerDescription.url(config.gateway().host(), rooms.gateway().port()),
                ServerDescription.url(config.management().host(), management.port()),
                ServerDescription.url(config.inward().host(), rooms.openApi().port()),
                rooms.simulator().map(SimulatorRoom::baseUrl));
        served.putAll(pages.apply(description()));
        data.announce(description);
        described.complete(description);
        tellLife(rooms.events(), clock);
    }

    /** That it has started; and when it stops, unless somebody asked for that, who has told already. */
    private void tellLife(EventRecorder events, Clock clock) {
        long pid = ProcessHandle.current().pid();
        tell(events, clock, Event.Kind.SERVER_STARTED, "Berth %s, pid %d".formatted(Version.NAME, pid));
        closing.add(() -> {
            if (!shutdownAsked.isDone()) {
                tell(events, clock, Event.Kind.SERVER_STOPPING, "by a signal or a Ctrl-C");
            }
        });
    }

    private static void tell(EventRecorder events, Clock clock, Event.Kind kind, String reason) {
        events.record(
                new Event(clock.instant(), kind, Event.PLATFORM, Optional.empty(), Optional.empty(), "server", reason));
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
}
