package dev.berth.server;

import dev.berth.runtime.process.ProcessRuntime;
import dev.berth.store.MasterKey;
import dev.berth.store.Store;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** Prints how many milliseconds the steps of a start take, each in the order in which the server takes them. */
final class StartSteps {
    private static long before;

    private StartSteps() {}

    public static void main(String[] arguments) throws IOException {
        Path data = Files.createTempDirectory("start-steps");
        if (arguments.length > 0) {
            wholeStart(data, "first start");
            wholeStart(data, "second start, same JVM");
            return;
        }
        ServerConfig config = ServerFixture.config(data);
        before = System.nanoTime();
        ConfigFile.withEnvironment(config, Map.of("BERTH_GATEWAY_PORT", "0"));
        step("configuration from the environment");
        DataFolder folder = DataFolder.open(config.data());
        step("data folder");
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        step("vertx");
        Optional<SimulatorRoom> simulator = SimulatorRoom.start(vertx, config.simulator(), folder);
        step("simulator");
        Store store = Store.open(
                folder.resolve("berth.db"), MasterKey.loadOrCreate(folder.resolve("master.key")), Clock.systemUTC());
        step("store");
        ProcessRuntime runtime = new ProcessRuntime(
                folder.resolve("instances"), PortRanges.parse(config.runtime().ports()));
        step("runtime");
        runtime.close();
        store.close();
        simulator.ifPresent(SimulatorRoom::close);
        vertx.close().await();
        folder.close();
        before = System.nanoTime();
        wholeStart(data, "whole server, warm JVM");
    }

    private static void wholeStart(Path data, String name) throws IOException {
        before = System.nanoTime();
        BerthServer server = BerthServer.start(ServerFixture.config(data), description -> Map.of());
        step(name);
        server.close();
        step("closed");
    }

    private static void step(String name) {
        long now = System.nanoTime();
        System.out.printf("%6d ms  %s%n", (now - before) / 1_000_000, name);
        before = System.nanoTime();
    }
}
