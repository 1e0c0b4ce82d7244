package dev.berth.runtime.process;

import dev.berth.core.BerthException;
import dev.berth.core.InstanceRuntime;
import dev.berth.core.IoReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Instances as plain processes of this machine (Linux): each a process group with its own working copy of the version's
 * files, which vanishes with it (HO-36), or in the files themselves (HO-55), and a port of its own. They end with the server, even if that is killed,
 * and with their program, even if others made themselves daemons; {@link ProcessSnapshot} says how far that goes.
 *
 * <p>Safe for use by many threads; methods block.
 */
public final class ProcessRuntime implements InstanceRuntime {
    private static final Duration GRACE_ON_CLOSE = Duration.ofSeconds(10);
    private static final int PORTS_TRIED = 3;

    private static final System.Logger LOG = System.getLogger(ProcessRuntime.class.getName());

    private final Ports ports;
    private final OtherPorts.Patience patience;
    private final Path instancesFolder;
    private final Removals removals;
    private final WorkingCopies copies;
    private final Supervisor.Script supervisors;
    private final OwnFiles ownFiles;
    private final Set<String> ids = ConcurrentHashMap.newKeySet();
    private final ConcurrentMap<String, ProcessInstance> instances = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /**
     * Removes what a killed server left in its folder, processes included.
     *
     * @param folder used by this runtime alone; made if it is missing
     * @param ports for programs that read {@code PORT}
     */
    public ProcessRuntime(Path folder, PortRange ports) {
        this(folder, ports, OtherPorts.Patience.USUAL);
    }

    ProcessRuntime(Path folder, PortRange ports, OtherPorts.Patience patience) {
        this.ports = new Ports(ports);
        this.patience = patience;
        try {
            instancesFolder = Files.createDirectories(folder).toRealPath();
            Leftovers.kill(instancesFolder);
            removals = new Removals(instancesFolder);
            removals.addAllIn(instancesFolder);
            copies = new WorkingCopies(instancesFolder, removals);
            supervisors = Supervisor.Script.install(instancesFolder);
            ownFiles = new OwnFiles(new OwnFilesProbe(instancesFolder, supervisors, removals));
            // Linking native calls takes tens of milliseconds, once: not in the first start.
            Thread.ofPlatform().daemon().name("listeners").start(Listener::all);
        } catch (IOException e) {
            throw StartProblem.startFailed(
                    "the folder for instances, %s, cannot be used: %s".formatted(folder, IoReason.of(e)),
                    "make it writable, or choose another data folder",
                    e);
        }
    }

    @Override
    public void prepare(Path files) {
        try {
            copies.prepare(files);
        } catch (IOException | UncheckedIOException e) {
            throw copyFailed(files, e);
        }
    }

    @Override
    public void discard(Path files) {
        copies.discard(files);
    }

    /** Waits for the finding, shortly after construction. */
    @Override
    public PrivateFiles privateFiles() {
        return ownFiles.told();
    }

    @Override
    public Instance start(Request request) {
        for (int tried = 1; ; tried++) {
            claim(request.instanceId());
            ProcessInstance instance = launch(request);
            try {
                instance.awaitReady(patience);
                return instance;
            } catch (BerthException e) {
                boolean lostFreePort =
                        request.port().isEmpty() && e.problem().code().equals(StartProblem.PORT_TAKEN);
                if (!lostFreePort || tried == PORTS_TRIED) {
                    throw e;
                }
                LOG.log(
                        System.Logger.Level.INFO,
                        "{0} starts once more: {1}",
                        request.instanceId(),
                        e.problem().message());
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        ownFiles.told();
        List<ProcessInstance> stopping = List.copyOf(instances.values());
        stopping.forEach(instance -> instance.stop(GRACE_ON_CLOSE));
        stopping.forEach(ProcessInstance::awaitExited);
        copies.discardAll();
        removals.close();
    }

    private ProcessInstance launch(Request request) {
        try {
            Program.check(
                    request.command(), request.files(), InstanceEnvironment.path(request.files(), request.variables()));
            int port = request.port().isPresent()
                    ? ports.reserveFixed(request.port().getAsInt())
                    : ports.reserveFree();
            return launch(request, port);
        } catch (RuntimeException e) {
            ids.remove(request.instanceId());
            throw e;
        }
    }

    private ProcessInstance launch(Request request, int port) {
        try {
            InstanceFolder folder = takeFolder(request);
            try {
                return launch(request, port, folder);
            } catch (BerthException e) {
                remove(folder);
                throw e;
            } catch (IOException | RuntimeException e) {
                remove(folder);
                String what = "`%s` could not be started".formatted(String.join(" ", request.command()));
                throw Shortage.in(e, what, instancesFolder)
                        .orElseGet(() -> StartProblem.startFailed(
                                what + ": " + e.getMessage(), "see whether the machine is out of memory", e));
            }
        } catch (RuntimeException e) {
            ports.release(port);
            throw e;
        }
    }

    private ProcessInstance launch(Request request, int port, InstanceFolder folder) throws IOException {
        Map<String, String> environment = InstanceEnvironment.of(folder, port, request.variables());
        MountNamespace.Commands namespace = arrange(request, folder);
        ProcessInstance instance;
        try {
            Supervisor supervisor = supervisors.start(request.command(), environment, folder, namespace);
            instance = new ProcessInstance(request, folder, port, supervisor, () -> forget(request, port, folder));
        } catch (IOException | OutOfMemoryError e) {
            Leftovers.kill(supervisors.file(), folder.root());
            throw e instanceof IOException io ? io : new IOException("Resource temporarily unavailable: no thread", e);
        }
        instances.put(request.instanceId(), instance);
        instance.watch();
        if (closed) {
            instance.stop(Duration.ZERO);
        }
        return instance;
    }

    private InstanceFolder takeFolder(Request request) {
        try {
            return switch (request.workplace()) {
                case OWN_COPY -> copies.take(request.files(), request.instanceId());
                case IN_PLACE -> copies.inPlace(request.files(), request.instanceId());
            };
        } catch (IOException | UncheckedIOException e) {
            throw copyFailed(request.files(), e);
        }
    }

    private MountNamespace.Commands arrange(Request request, InstanceFolder folder) {
        try {
            return ownFiles.arrange(request.surroundings(), folder);
        } catch (IOException e) {
            throw Shortage.in(e, "the instance could not be given files of its own", instancesFolder)
                    .orElseGet(() -> StartProblem.noOwnFiles(request, String.valueOf(e.getMessage())));
        }
    }

    private void forget(Request request, int port, InstanceFolder folder) {
        remove(folder);
        ports.release(port);
        instances.remove(request.instanceId());
        ids.remove(request.instanceId());
    }

    private void remove(InstanceFolder folder) {
        removals.add(folder.root());
        removals.add(folder.own());
        TreeRemoval.remove(folder.pid());
    }

    private void claim(String instanceId) {
        if (instanceId.isEmpty() || instanceId.startsWith(".") || instanceId.indexOf('/') >= 0) {
            throw new IllegalArgumentException("instance id: `%s` (expected: a file name)".formatted(instanceId));
        }
        if (closed) {
            throw StartProblem.startFailed("the runtime is closed", "start the server again");
        }
        if (!ids.add(instanceId)) {
            throw new IllegalArgumentException(
                    "instance id: `%s` is in use (expected: a new one)".formatted(instanceId));
        }
    }

    private BerthException copyFailed(Path files, Exception cause) {
        String what = "the files of the version, %s, could not be used".formatted(files);
        return Shortage.in(cause, what, instancesFolder)
                .orElseGet(() -> StartProblem.startFailed(
                        what + ": " + cause, "see whether they are there and can be read, and deploy again", cause));
    }
}
