package dev.berth.server;

import dev.berth.core.App;
import dev.berth.core.AppKind;
import dev.berth.core.BerthException;
import dev.berth.core.Problem;
import dev.berth.simulator.Simulator;
import dev.berth.simulator.SimulatorException;
import dev.berth.simulator.SimulatorOptions;
import dev.berth.simulator.User;
import dev.berth.store.Store;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** The simulator, when it runs inside this server. */
final class SimulatorRoom implements AutoCloseable {
    private final ServerConfig.Simulator config;
    private final Simulator simulator;

    private SimulatorRoom(ServerConfig.Simulator config, Simulator simulator) {
        this.config = config;
        this.simulator = simulator;
    }

    static Optional<SimulatorRoom> start(Vertx vertx, ServerConfig.Simulator config, DataFolder data) {
        if (!config.enabled()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new SimulatorRoom(
                    config,
                    Simulator.start(
                            vertx,
                            SimulatorOptions.of(data.resolve("simulator.db"))
                                    .withPort(config.port())
                                    .withAcceptUnknownCodes(config.acceptUnknownCodes())
                                    .withDefaultUser(Defaults.USER))));
        } catch (SimulatorException e) {
            throw explain(config, e);
        }
    }

    private static BerthException explain(ServerConfig.Simulator config, SimulatorException failure) {
        if (TakenPort.explain("simulator", config.port(), failure) instanceof BerthException taken) {
            return taken;
        }
        return new BerthException(
                new Problem(
                        "SIMULATOR_FAILED",
                        "simulator",
                        String.valueOf(failure.getMessage()),
                        "Look into logs/server.log; to run without it: simulator.enabled: false"),
                failure);
    }

    /** Somebody to be, for the first start. */
    void addUsers() {
        simulator.seed(List.of(), Defaults.USERS.stream().map(User::named).toList());
    }

    /** Makes the simulated WeChat know the apps that this server knows. */
    void introduceApps(Store store) {
        List<dev.berth.simulator.App> apps = store.directory().current().apps().values().stream()
                .map(app -> simulated(app, store.appSecrets().secretOf(app.id()).orElseThrow()))
                .toList();
        try {
            simulator.introduce(apps);
        } catch (SimulatorException e) {
            throw explain(config, e);
        }
    }

    private static dev.berth.simulator.App simulated(App app, String secret) {
        var kind = app.kind() == AppKind.MINI_PROGRAM
                ? dev.berth.simulator.AppKind.MINI_PROGRAM
                : dev.berth.simulator.AppKind.OFFICIAL_ACCOUNT;
        return new dev.berth.simulator.App(app.id(), secret, kind, true);
    }

    URI baseUrl() {
        return URI.create(simulator.baseUrl());
    }

    @Override
    public void close() {
        simulator.close();
    }
}
