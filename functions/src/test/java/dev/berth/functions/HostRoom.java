package dev.berth.functions;

import dev.berth.core.App;
import dev.berth.core.AppKind;
import dev.berth.core.Caller;
import dev.berth.core.CloudCall;
import dev.berth.core.CloudIdOpener;
import dev.berth.core.Directory;
import dev.berth.core.Directory.EnvironmentEntry;
import dev.berth.core.Directory.FunctionEntry;
import dev.berth.core.Environment;
import dev.berth.core.Event;
import dev.berth.core.FunctionId;
import dev.berth.core.FunctionInvoker;
import dev.berth.core.FunctionInvoker.Failed;
import dev.berth.core.FunctionInvoker.Outcome;
import dev.berth.core.FunctionInvoker.Returned;
import dev.berth.core.FunctionSettings;
import dev.berth.core.FunctionVersion;
import dev.berth.core.FunctionVersionId;
import dev.berth.core.Origin;
import dev.berth.logs.LogBook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A platform of nothing but functions, in real Node processes. */
final class HostRoom implements AutoCloseable {
    static final String ENVIRONMENT = "prod-01";
    static final String OWNER = "wx1111111111111111";
    static final Caller ALICE = new Caller(OWNER, "oALICE", Optional.of("uALICE"));
    static final FunctionRules RULES =
            new FunctionRules(5, Duration.ofSeconds(60), Duration.ofSeconds(15), 0, Duration.ofMinutes(10), 1L << 30);

    final PlainRuntime runtime = new PlainRuntime();
    final FakeFunctionDoor door = new FakeFunctionDoor();
    final List<Event> events = new CopyOnWriteArrayList<>();
    final List<Outcome> outcomes = new CopyOnWriteArrayList<>();
    final LogBook logs;
    final Invocations invocations;
    volatile CloudIdOpener cloudIds = (_, _, _) -> new CloudIdOpener.Unopened(-601005, "invalid cloudID.");
    private final Path folder;
    private volatile Directory directory = new Directory(
            Map.of(OWNER, new App(OWNER, AppKind.MINI_PROGRAM)),
            Map.of(
                    ENVIRONMENT,
                    new EnvironmentEntry(
                            new Environment(ENVIRONMENT, OWNER), Set.of(), CloudCall.DEFAULT, Map.of(), Map.of())));

    HostRoom(Path folder, FunctionRules rules) throws IOException {
        this.folder = folder;
        this.logs = new LogBook(folder.resolve("logs"), Clock.systemUTC(), 64L << 20);
        FunctionPorts ports = new FunctionPorts(
                () -> directory,
                (app, user, id) -> cloudIds.open(app, user, id),
                door,
                runtime,
                this::filesOf,
                logs,
                events::add,
                (_, outcome) -> outcomes.add(outcome),
                Clock.systemUTC());
        this.invocations = new Invocations(ports, rules, folder.resolve("scripts"));
    }

    static FunctionId id(String name) {
        return new FunctionId(ENVIRONMENT, name);
    }

    private Path filesOf(FunctionVersionId version) {
        return folder.resolve("versions").resolve(version.name());
    }

    /** Its first version, with the usual settings. */
    FunctionVersion deploy(String name, String code) {
        return deploy(name, 1, code, FunctionSettings.DEFAULTS);
    }

    /** Makes it the live one; tells nobody. */
    FunctionVersion deploy(String name, int number, String code, FunctionSettings settings) {
        FunctionVersionId id = new FunctionVersionId(id(name), number);
        try {
            Files.createDirectories(filesOf(id));
            Files.writeString(filesOf(id).resolve("index.js"), code);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        FunctionVersion version = new FunctionVersion(id, "digest", settings, Instant.EPOCH);
        live(version);
        return version;
    }

    void live(FunctionVersion version) {
        FunctionId function = version.id().function();
        EnvironmentEntry entry = directory.environment(ENVIRONMENT).orElseThrow();
        Map<String, FunctionEntry> functions = new HashMap<>(entry.functions());
        functions.put(function.name(), new FunctionEntry(function, version));
        put(entry, functions);
    }

    void remove(String name) {
        EnvironmentEntry entry = directory.environment(ENVIRONMENT).orElseThrow();
        Map<String, FunctionEntry> functions = new HashMap<>(entry.functions());
        functions.remove(name);
        put(entry, functions);
    }

    private void put(EnvironmentEntry entry, Map<String, FunctionEntry> functions) {
        directory = new Directory(
                directory.apps(),
                Map.of(
                        ENVIRONMENT,
                        new EnvironmentEntry(
                                entry.environment(), entry.grants(), entry.cloudCall(), entry.services(), functions)));
    }

    static FunctionSettings settings(int seconds, int memory, int invocationsPerHost) {
        return new FunctionSettings(
                FunctionSettings.DEFAULT_HANDLER,
                Duration.ofSeconds(seconds),
                memory,
                invocationsPerHost,
                Map.of(),
                new TreeSet<>(),
                List.of());
    }

    CompletableFuture<Outcome> begin(String name, String event) {
        return begin(name, event, Origin.client(ALICE, "203.0.113.7"));
    }

    CompletableFuture<Outcome> begin(String name, String event, Origin origin) {
        return invocations
                .invoke(new FunctionInvoker.Invocation(id(name), event, Map.of(), origin, true))
                .toCompletableFuture();
    }

    Outcome invoke(String name, String event) {
        return await(begin(name, event));
    }

    static Outcome await(CompletableFuture<Outcome> outcome) {
        return outcome.orTimeout(60, TimeUnit.SECONDS).join();
    }

    /** The JSON text of what it returned. */
    static String returned(Outcome outcome) {
        if (outcome.result() instanceof Returned(String json)) {
            return json;
        }
        throw new AssertionError(outcome);
    }

    static Failed failed(Outcome outcome) {
        if (outcome.result() instanceof Failed failed) {
            return failed;
        }
        throw new AssertionError(outcome);
    }

    List<String> log(String name) {
        return logs.of(ENVIRONMENT, name).tail(100_000);
    }

    List<HostStatus.State> states() {
        return invocations.hosts().stream().map(HostStatus::state).sorted().toList();
    }

    @Override
    public void close() {
        invocations.close();
        runtime.close();
        logs.close();
    }
}
