package dev.berth.hosting;

import dev.berth.core.Event;
import dev.berth.core.Launch;
import dev.berth.core.Scale;
import dev.berth.core.Settings;
import dev.berth.core.Version;
import dev.berth.core.VersionId;
import dev.berth.logs.LogBook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** An activator over a fake runtime, with versions that have files. */
final class ActivatorRoom implements AutoCloseable {
    private static final Launch LAUNCH = new Launch(List.of("run"), Map.of(), OptionalInt.empty(), "test");

    final FakeRuntime runtime = new FakeRuntime();
    final FakeDoor door = new FakeDoor();
    final LogBook logs;
    final ServiceFolders folders;
    final InstanceStarter starter;
    final ServiceActivator activator;
    final List<Event> events = new CopyOnWriteArrayList<>();
    final PoolTimers timers = new PoolTimers();
    final PoolSurroundings around;

    ActivatorRoom(Path data) throws IOException {
        this(data, PoolRules::of);
    }

    ActivatorRoom(Path data, Function<Version, PoolRules> rules) throws IOException {
        logs = new LogBook(data.resolve("logs"), Clock.systemUTC(), 1 << 20);
        folders = new ServiceFolders(data);
        InstanceEvents told = new InstanceEvents(events::add, Clock.systemUTC());
        starter = new InstanceStarter(runtime, door, folders, logs, told, Hosting.Rules.DEFAULT);
        activator = new ServiceActivator(starter, rules);
        around = new PoolSurroundings(starter, timers, new StartGate(timers));
    }

    /** A pool of its own, outside the activator. */
    VersionPool pool(Version version, PoolRules rules) {
        return new VersionPool(version, rules, around, _ -> {});
    }

    static PoolRules idle(Version version, Duration idle) {
        PoolRules rules = PoolRules.of(version);
        return new PoolRules(idle, rules.scale(), rules.pauses(), rules.scaling());
    }

    /** At zero if the version is forgotten. */
    PoolCount count(Version version) {
        return activator
                .counts("prod-01", version.id().service())
                .getOrDefault(version.id(), new PoolCount(ServiceStatus.State.ZERO, 0, 0, Optional.empty()));
    }

    List<String> reasons(Event.Kind kind) {
        return events.stream()
                .filter(event -> event.kind() == kind)
                .map(Event::reason)
                .toList();
    }

    Version version(int number) throws IOException {
        return version("demo", number, Duration.ofMinutes(30), OptionalInt.empty());
    }

    Version version(String service, int number, Duration idle, OptionalInt port) throws IOException {
        return version(
                service,
                number,
                new Launch(List.of("run"), Map.of("FROM", "source", "BOTH", "source"), port, "test"),
                new Settings(Map.of("BOTH", "settings", "CBR_ENV_ID", "mine"), idle, Scale.DEFAULT));
    }

    Version version(int number, Scale scale) throws IOException {
        return version("demo", number, LAUNCH, new Settings(Map.of(), Duration.ofMinutes(30), scale));
    }

    Version version(String service, int number, Launch launch, Settings settings) throws IOException {
        VersionId id = new VersionId("prod-01", service, number);
        Files.createDirectories(folders.filesOf(id));
        return new Version(id, "digest", launch, settings, Instant.EPOCH);
    }

    List<String> log() {
        return logs.of("prod-01", "demo").tail(1000);
    }

    @Override
    public void close() {
        activator.close();
        runtime.close();
        logs.close();
        timers.close();
    }
}
