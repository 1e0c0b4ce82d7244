package dev.berth.runtime.process;

import dev.berth.core.InstanceRuntime;
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
 * files, which vanishes with it (HO-36), and a port of its own. They end with the server, even if that is killed.
 *
 * <p>A program that makes itself a daemon, by a session of its own, escapes. Safe for use by many threads; methods block.
 */
public final class ProcessRuntime implements InstanceRuntime {
    private static final Duration GRACE_ON_CLOSE = Duration.ofSeconds(10);

    private final Ports ports;
    private final WorkingCopies copies;
    private final Supervisor.Script supervisors;
    private final Set<String> ids = ConcurrentHashMap.newKeySet();
    private final ConcurrentMap<String, ProcessInstance> instances = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /**
     * Removes what a killed server left in its folder, processes included.
     *
     * @param instancesFolder used by this runtime alone; made if it is missing
     * @param ports for programs that read {@code PORT}
     */
    public ProcessRuntime(Path instancesFolder, PortRange ports) {
        this.ports = new Ports(ports);
        try {
            Path folder = Files.createDirectories(instancesFolder).toRealPath();
            Leftovers.remove(folder);
            copies = new WorkingCopies(folder);
            supervisors = Supervisor.Script.install(folder);
            // Linking native calls takes tens of milliseconds, once: not in the first start.
            Thread.ofPlatform().daemon().name("listeners").start(Listener::all);
        } catch (IOException e) {
            throw StartProblem.startFailed(
                    "the folder for instances, %s, cannot be used: %s".formatted(instancesFolder, e),
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

    @Override
    public Instance start(Request request) {
        claim(request.instanceId());
        ProcessInstance instance = launch(request);
        instance.awaitReady();
        return instance;
    }

    @Override
    public void close() {
        closed = true;
        List<ProcessInstance> stopping = List.copyOf(instances.values());
        stopping.forEach(instance -> instance.stop(GRACE_ON_CLOSE));
        stopping.forEach(ProcessInstance::awaitExited);
        copies.discardAll();
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
            InstanceFolder folder = takeCopy(request);
            try {
                return launch(request, port, folder);
            } catch (IOException | RuntimeException e) {
                TreeRemoval.remove(folder.root());
                throw StartProblem.startFailed(
                        "`%s` could not be started: %s".formatted(String.join(" ", request.command()), e.getMessage()),
                        "see whether the machine is out of memory or processes",
                        e);
            }
        } catch (RuntimeException e) {
            ports.release(port);
            throw e;
        }
    }

    private ProcessInstance launch(Request request, int port, InstanceFolder folder) throws IOException {
        Map<String, String> environment = InstanceEnvironment.of(folder, port, request.variables());
        Supervisor supervisor = supervisors.start(request.command(), environment, folder);
        var instance = new ProcessInstance(request, folder, port, supervisor, () -> forget(request, port));
        instances.put(request.instanceId(), instance);
        instance.watch();
        if (closed) {
            instance.stop(Duration.ZERO);
        }
        return instance;
    }

    private InstanceFolder takeCopy(Request request) {
        try {
            return copies.take(request.files(), request.instanceId());
        } catch (IOException | UncheckedIOException e) {
            throw copyFailed(request.files(), e);
        }
    }

    private void forget(Request request, int port) {
        ports.release(port);
        instances.remove(request.instanceId());
        ids.remove(request.instanceId());
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

    private static RuntimeException copyFailed(Path files, Exception cause) {
        return StartProblem.startFailed(
                "the files of the version, %s, could not be copied: %s".formatted(files, cause),
                "see whether they are there and the disk has room",
                cause);
    }
}
