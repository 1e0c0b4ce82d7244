package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.core.App;
import dev.berth.core.AppKind;
import dev.berth.core.Environment;
import dev.berth.core.FunctionId;
import dev.berth.core.FunctionInvoker;
import dev.berth.core.FunctionSettings;
import dev.berth.core.FunctionVersion;
import dev.berth.core.Trigger;
import dev.berth.functions.Cron;
import dev.berth.functions.Timers;
import dev.berth.store.MasterKey;
import dev.berth.store.Store;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Timers as they are, over a real store and the real clock. */
final class TimersOverStoreTest {
    private static final FunctionId REPORT = new FunctionId("prod-01", "report");

    @TempDir
    private Path data;

    private final List<String> events = new CopyOnWriteArrayList<>();

    private volatile Duration ahead = Duration.ZERO;
    private final InstantSource clock = () -> Instant.now().plus(ahead);

    private final FunctionInvoker invoker = invocation -> {
        events.add(invocation.event());
        return new CompletableFuture<>();
    };

    @Test
    @Tag("HO-64")
    void eachTickRunsOnceAcrossNodesAndRestarts() throws Exception {
        try (Store store = open()) {
            store.registry().putApp(new App("wx1111111111111111", AppKind.MINI_PROGRAM), "secret");
            store.registry().putEnvironment(new Environment("prod-01", "wx1111111111111111"));
            try (Timers one = start(store);
                    Timers other = start(store)) {
                deploy(store);
                await().until(() ->
                        one.list("prod-01").size() == 1 && other.list("prod-01").size() == 1 && events.size() >= 2);
            }
        }
        int before = events.size();
        try (Store store = open();
                Timers restarted = start(store)) {
            await().until(() -> events.size() > before);
            assertThat(restarted.list("prod-01").getFirst().last()).isPresent();
        }
        assertThat(events).doesNotHaveDuplicates();
    }

    @Test
    @Tag("HO-64")
    void aClockThatWasWrongTowardTheFutureHoldsUpNothingOnceItIsRight() throws Exception {
        try (Store store = open()) {
            store.registry().putApp(new App("wx1111111111111111", AppKind.MINI_PROGRAM), "secret");
            store.registry().putEnvironment(new Environment("prod-01", "wx1111111111111111"));
            deploy(store);
            ahead = Duration.ofDays(400);
            try (Timers _ = start(store)) {
                await().until(() -> events.size() >= 2);
                ahead = Duration.ZERO;
                int before = events.size();
                await().until(() -> events.size() >= before + 2);
            }
            ahead = Duration.ofDays(400);
            int before = events.size();
            try (Timers _ = start(store)) {
                await().until(() -> events.size() > before);
            }
        }
        ahead = Duration.ZERO;
        int before = events.size();
        try (Store store = open();
                Timers restarted = start(store);
                Timers other = start(store)) {
            await().until(() -> events.size() >= before + 2);
            assertThat(restarted.list("prod-01")).hasSameSizeAs(other.list("prod-01"));
        }
        assertThat(events).doesNotHaveDuplicates();
    }

    private Store open() throws Exception {
        Path database = data.resolve("berth.db");
        return Store.open(database, MasterKey.loadOrCreate(data.resolve("master.key"), database), Clock.systemUTC());
    }

    private Timers start(Store store) {
        Timers timers = new Timers(store.directory(), store.functions(), invoker, clock, Cron.DEFAULT_ZONE);
        timers.start();
        return timers;
    }

    private static void deploy(Store store) {
        FunctionSettings usual = FunctionSettings.DEFAULTS;
        FunctionSettings everySecond = new FunctionSettings(
                usual.handler(),
                usual.timeLimit(),
                usual.memory(),
                usual.invocationsPerHost(),
                usual.variables(),
                usual.permissions(),
                List.of(new Trigger("everySecond", "* * * * * * *")));
        store.functions()
                .addAndRelease(new FunctionVersion(
                        store.functions().reserve(REPORT),
                        "digest",
                        everySecond,
                        Instant.parse("2026-01-01T00:00:00Z")));
    }
}
