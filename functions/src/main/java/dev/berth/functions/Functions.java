package dev.berth.functions;

import static java.util.Objects.requireNonNull;

import dev.berth.artifacts.Trees;
import dev.berth.core.AdminActions;
import dev.berth.core.BerthException;
import dev.berth.core.FunctionId;
import dev.berth.core.FunctionInvoker;
import dev.berth.core.FunctionInvoker.Invocation;
import dev.berth.core.FunctionVersion;
import dev.berth.core.FunctionVersionId;
import dev.berth.logs.Log;
import dev.berth.logs.LogBook;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The room as the server sees it. Methods block, except {@link #invoker} and {@link #admin}, which never do; call them on
 * virtual threads.
 */
public final class Functions implements AutoCloseable {
    /** How long a deployment waits to see whether the code can be loaded. */
    private static final Duration TO_LOAD = Duration.ofSeconds(3);

    private final FunctionVersions versions;
    private final FunctionDeployer deployer;
    private final Invocations invocations;
    private final Admin admin;
    private final Timers timers;
    private final LogBook logs;

    /**
     * @param data the data folder; the room's own places in it begin with {@code function-}
     * @param zone in which triggers are read
     * @param logBytes of a function's log file; there is one predecessor of the same size beside it
     */
    public record Options(Path data, FunctionRules rules, ZoneId zone, long logBytes) {
        public Options {
            requireNonNull(data, "data is null");
            requireNonNull(rules, "rules is null");
            requireNonNull(zone, "zone is null");
        }
    }

    /**
     * Cleans up what an interrupted deployment left, and begins to run triggers.
     *
     * @throws BerthException {@code STORAGE_FAILED}
     */
    public Functions(Options options, FunctionCollaborators others) {
        try {
            logs = new LogBook(options.data().resolve("function-logs"), others.clock(), options.logBytes());
            logs.sweep((environment, name) -> others.directory()
                    .current()
                    .environment(environment)
                    .flatMap(entry -> entry.function(name))
                    .isPresent());
            Path scripts = options.data().resolve("function-hosts");
            Trees.delete(scripts); // of another version of Berth, perhaps
            FunctionPorts ports = others.ports(this::filesOf, logs);
            invocations = new Invocations(ports, options.rules(), scripts);
        } catch (IOException e) {
            throw Refused.because(
                    "STORAGE_FAILED",
                    "The data folder %s cannot be used: %s".formatted(options.data(), e),
                    "Look at free space and permissions, and start again.",
                    e);
        }
        versions = new FunctionVersions(options.data(), others.registry(), others.directory(), invocations::removed);
        deployer = new FunctionDeployer(
                versions,
                others.registry(),
                others.directory(),
                new ConfigChecks(Cron::fault, Functions::fault, options.rules().longest()),
                others.clock());
        admin = new Admin(invocations.live(), others.directory(), others.weChat(), others.cloudIds(), invocations);
        timers = new Timers(others.directory(), others.registry(), invocations, others.clock(), options.zone());
        timers.start();
    }

    /** What is wrong with the name of an open API. */
    private static Optional<String> fault(String name) {
        ApiNames names = ApiNames.known();
        return names.named(name).isPresent()
                ? Optional.empty()
                : Optional.of(names.nearest(name)
                        .map(near -> "no open API is called so; did you mean %s?".formatted(near))
                        .orElse("no open API is called so"));
    }

    public FunctionInvoker invoker() {
        return invocations;
    }

    /** For {@code wx-server-sdk}. */
    public AdminActions admin() {
        return admin;
    }

    public Triggers triggers() {
        return timers;
    }

    /**
     * Makes a version of what was sent, which is live at once, and keeps a host of it warm. Its {@link
     * DeployedFunction#note} says if its code does not load; it is live all the same.
     *
     * @param progress told one sentence a time, on the calling thread
     * @throws BerthException with the reason; nothing of the deployment is left then
     */
    public DeployedFunction deploy(FunctionDeployment request, Consumer<String> progress) {
        DeployedFunction deployed = deployer.deploy(request, progress);
        invocations.released(request.function());
        return deployed.changed()
                ? new DeployedFunction(
                        deployed.version(),
                        true,
                        whyNotLoaded(deployed.version().id()))
                : deployed;
    }

    private Optional<String> whyNotLoaded(FunctionVersionId version) {
        try {
            return invocations
                    .awaitWarm(version, TO_LOAD)
                    .map(failed -> "its code does not load: " + Texts.thrown(failed.message()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /**
     * Makes another version live.
     *
     * @param version if empty, the latest that was live and is older than the present one
     * @throws BerthException {@code FUNCTION_UNKNOWN}, {@code VERSION_UNKNOWN}, {@code ROLLBACK_IMPOSSIBLE}
     */
    public FunctionVersion rollback(FunctionId function, Optional<String> version) {
        FunctionVersion live = versions.rollback(function, version);
        invocations.released(function);
        return live;
    }

    /** Newest first; none if there is no such function. */
    public List<FunctionVersion> versions(FunctionId function) {
        return versions.list(function);
    }

    /** @throws BerthException {@code VERSION_UNKNOWN}, or {@code VERSION_IN_USE} if it is live */
    public void removeVersion(FunctionVersionId version) {
        versions.remove(version);
    }

    /**
     * With its versions, files and logs; what it runs may finish.
     *
     * @throws BerthException {@code FUNCTION_UNKNOWN}
     */
    public void remove(FunctionId function) {
        versions.remove(function);
        try {
            logs.remove(function.environmentId(), function.name());
        } catch (IOException e) {
            throw Refused.because(
                    "STORAGE_FAILED",
                    "The log of %s cannot be deleted: %s".formatted(function, e),
                    "It goes with the next start of the server.",
                    e);
        }
    }

    /**
     * Runs a function where a debugger can be attached, without a limit of time.
     *
     * @param port of loopback for the debugger; 0 for a free one
     * @param url told where the debugger is awaited, {@code ws://…}; the function's code is not loaded before
     */
    public Inspection inspect(Invocation invocation, int port, Consumer<String> url) {
        return invocations.inspect(invocation, port, url);
    }

    /** The hosts of one function, those of older versions that only finish what they run included. */
    public HostCount hosts(FunctionId function) {
        return HostCount.of(hostsOf(function).toList());
    }

    /** Each of them, by version and start. */
    public List<HostStatus> hostList(FunctionId function) {
        return hostsOf(function)
                .sorted(Comparator.comparingInt(
                                (HostStatus host) -> host.version().number())
                        .thenComparing(HostStatus::startedAt))
                .toList();
    }

    private Stream<HostStatus> hostsOf(FunctionId function) {
        return invocations.hosts().stream()
                .filter(host -> host.version().function().equals(function));
    }

    /** What its invocations wrote. */
    public Log log(FunctionId function) {
        return logs.of(function.environmentId(), function.name());
    }

    public Path filesOf(FunctionVersionId version) {
        return versions.filesOf(version);
    }

    /** Runs no trigger any more, ends all hosts and waits for their end; what runs fails. */
    @Override
    public void close() {
        timers.close();
        invocations.close();
        admin.close();
        logs.close();
    }
}
