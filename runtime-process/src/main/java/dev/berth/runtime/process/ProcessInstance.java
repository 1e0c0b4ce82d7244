package dev.berth.runtime.process;

import dev.berth.core.BerthException;
import dev.berth.core.Endpoint;
import dev.berth.core.InstanceRuntime.Exit;
import dev.berth.core.InstanceRuntime.Instance;
import dev.berth.core.InstanceRuntime.Request;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** One program from its start until nothing of it is left. */
final class ProcessInstance implements Instance {
    private static final int FIRST_SIGNAL_STATUS = 129;
    private static final int SWEEPS = 5;

    private final Request request;
    private final InstanceFolder folder;
    private final Supervisor supervisor;
    private final LogPump log;
    private final Runnable afterEnd;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final CompletableFuture<Exit> exited = new CompletableFuture<>();
    private volatile Endpoint endpoint;
    private volatile long pid;

    /** @param afterEnd runs when nothing of the instance is left, before {@link #exited} completes */
    ProcessInstance(Request request, InstanceFolder folder, int port, Supervisor supervisor, Runnable afterEnd) {
        this.request = request;
        this.folder = folder;
        this.supervisor = supervisor;
        this.afterEnd = afterEnd;
        endpoint = new Endpoint("127.0.0.1", port);
        log = LogPump.start(request.instanceId(), supervisor.output(), request.log());
    }

    void watch() {
        Thread.ofVirtual().name("end of " + request.instanceId()).start(this::awaitEnd);
    }

    /** @throws BerthException if it does not get ready; nothing of it is left then */
    void awaitReady() {
        try {
            Optional<Endpoint> found = new Readiness(supervisor, endpoint.port()).await(request.readyWithin());
            endpoint = found.orElseThrow(this::failure);
            pid = supervisor.programPid().orElseThrow(this::failure);
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
            throw StartProblem.startFailed("the start was interrupted", "start it again", e);
        }
    }

    @Override
    public Endpoint endpoint() {
        return endpoint;
    }

    @Override
    public long pid() {
        return pid;
    }

    @Override
    public CompletionStage<Exit> exited() {
        return exited.minimalCompletionStage();
    }

    @Override
    public void stop(Duration grace) {
        if (stopping.compareAndSet(false, true)) {
            supervisor.stop(grace);
        } else {
            Thread.ofVirtual().name("kill of " + request.instanceId()).start(() -> killAfter(grace));
        }
    }

    void awaitExited() {
        exited.join();
    }

    private BerthException failure() {
        int port = endpoint.port();
        if (supervisor.isAlive()) {
            BerthException neverOpened = StartProblem.portNeverOpened(port, request.readyWithin(), listeners());
            kill();
            return neverOpened;
        }
        return StartProblem.exitedBeforeReady(port, exited.join().description(), log.lastLines());
    }

    private List<Listener> listeners() {
        OptionalLong program = supervisor.programPid();
        if (program.isEmpty()) {
            return List.of();
        }
        Set<Long> sockets = ProcessTable.socketsOfSession(program.getAsLong());
        return Listener.all().stream().filter(l -> sockets.contains(l.inode())).toList();
    }

    private void kill() {
        stop(Duration.ZERO);
        exited.join();
    }

    /** The supervisor waits out the grace of the first stop; a later one may be in more of a hurry. */
    private void killAfter(Duration grace) {
        exited.copy()
                .completeOnTimeout(new Exit(-1, "late"), grace.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        if (!exited.isDone()) {
            supervisor.programPid().ifPresent(ProcessTable::killSession);
        }
    }

    private void awaitEnd() {
        try {
            int status = supervisor.awaitExit();
            if (status >= FIRST_SIGNAL_STATUS) {
                sweep();
            }
            supervisor.stop(Duration.ZERO);
            log.awaitEnd();
            TreeRemoval.remove(folder.root());
            afterEnd.run();
            exited.complete(Signals.exit(status));
        } catch (InterruptedException | RuntimeException e) {
            afterEnd.run();
            exited.completeExceptionally(e);
        }
    }

    /** Maybe it was the supervisor that was killed, and the program lives on. */
    private void sweep() {
        OptionalLong program = supervisor.programPid();
        for (int i = 0; i < SWEEPS && program.isPresent(); i++) {
            if (ProcessTable.session(program.getAsLong()).findAny().isEmpty()) {
                return;
            }
            ProcessTable.killSession(program.getAsLong());
        }
    }
}
