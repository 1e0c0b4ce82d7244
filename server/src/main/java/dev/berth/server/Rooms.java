package dev.berth.server;

import dev.berth.core.EventRecorder;
import dev.berth.core.SignIn;
import dev.berth.functions.FunctionCollaborators;
import dev.berth.functions.Functions;
import dev.berth.gateway.Collaborators;
import dev.berth.gateway.Gateway;
import dev.berth.gateway.Pages;
import dev.berth.hosting.Hosting;
import dev.berth.openapi.OpenApi;
import dev.berth.runtime.process.ProcessRuntime;
import dev.berth.store.MasterKey;
import dev.berth.store.SqliteLibrary;
import dev.berth.store.Store;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/**
 * The rooms of a server, joined through the ports in {@code core}: each gets what the rooms before it have to give.
 *
 * @param events that happened, each counted
 * @param openApiCalls the latest
 * @param signIn counted
 */
record Rooms(
        Optional<SimulatorRoom> simulator,
        Store store,
        EventLog eventLog,
        Metrics metrics,
        EventRecorder events,
        OpenApiCalls openApiCalls,
        OpenApi openApi,
        Hosting hosting,
        Functions functions,
        SignIn signIn,
        GatewayLogs logs,
        Gateway gateway) {
    private static final String SESSION_KEY = "session-signature";
    private static final String OPEN_API_KEY = "open-api";

    /**
     * From the bottom to the front door. Blocks.
     *
     * @param closing given everything that is opened, in this order
     */
    static Rooms open(ServerConfig config, DataFolder data, Clock clock, Vertx vertx, Pages pages, Closing closing)
            throws IOException {
        SqliteLibrary.load();
        Optional<SimulatorRoom> simulator = SimulatorRoom.start(vertx, config.simulator(), data);
        simulator.ifPresent(closing::add);
        Path database = data.resolve("berth.db");
        Store store =
                closing.add(Store.open(database, MasterKey.loadOrCreate(data.resolve("master.key"), database), clock));
        simulator.ifPresent(room -> {
            FirstStart.prepare(store, room);
            room.introduceApps(store);
        });
        ProcessRuntime runtime = closing.add(new ProcessRuntime(
                data.resolve("instances"), PortRanges.parse(config.runtime().ports())));
        EventLog eventLog = closing.add(EventLog.open(data.resolve("events.ndjson")));
        Metrics metrics = new Metrics(config.management().metrics(), store.directory(), vertx);
        EventRecorder events = metrics.countingEvents(eventLog);
        OpenApiCalls openApiCalls = new OpenApiCalls(config.management().keptCalls());
        ServiceLogs serviceLogs = new ServiceLogs();
        OpenApi openApi = closing.add(Awaited.of(OpenApiRoom.start(
                vertx,
                config,
                simulator.map(SimulatorRoom::baseUrl),
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
                HostingRules.of(config)));
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
        GatewayLogs logs =
                closing.add(GatewayLogs.open(vertx, config.management().keptCalls()));
        Gateway gateway = Awaited.of(GatewayRoom.start(
                vertx,
                config,
                simulator.isPresent(),
                pages,
                new Collaborators(
                        store.directory(),
                        metrics.countingSessions(store.sessions()),
                        store.signingKey(SESSION_KEY),
                        signIn,
                        openApi.openData(),
                        openApi.cloudbaseTokens(),
                        hosting.activator(),
                        functions.invoker(),
                        metrics.countingCalls(logs.calls()),
                        metrics.countingRefusals(logs.refusals()),
                        clock)));
        closing.add(() -> Awaited.of(gateway.close()));
        return new Rooms(
                simulator,
                store,
                eventLog,
                metrics,
                events,
                openApiCalls,
                openApi,
                hosting,
                functions,
                signIn,
                logs,
                gateway);
    }
}
