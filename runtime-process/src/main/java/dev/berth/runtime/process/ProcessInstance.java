package dev.berth.runtime.process;

import dev.berth.core.BerthException;
import dev.berth.core.Endpoint;
import dev.berth.core.InstanceRuntime.Exit;
import dev.berth.core.InstanceRuntime.Instance;
import dev.berth.core.InstanceRuntime.Request;
import dev.berth.core.InstanceRuntime.Usage;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** One program from its start until nothing of it is left. It ends when its program does, as a container does. */
final class ProcessInstance implements Instance {
    private static final int MOST_NAMED = 5;

    private final Request request;
    private final InstanceFolder folder;
    private final Supervisor supervisor;
    private final InstanceProcesses processes;
    private final UsageMeter usage;
    private final LogPump log;
    private final Runnable afterEnd;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final CompletableFuture<Exit> exited = new CompletableFuture<>();
    private volatile Endpoint endpoint;
    private volatile long pid;

    /**
     * @param afterEnd runs when no process of the instance is left, before {@link #exited} completes
     * @throws IOException when the machine has not what it needs
     */
    ProcessInstance(Request request, InstanceFolder folder, int port, Supervisor supervisor, Runnable afterEnd)
            throws IOException {
        this.request = request;
        this.folder = folder;
        this.supervisor = supervisor;
        this.afterEnd = afterEnd;
        processes = new InstanceProcesses(folder, supervisor);
        usage = new UsageMeter(processes);
        endpoint = new Endpoint("127.0.0.1", port);
        log = LogPump.start(request.instanceId(), supervisor.output(), request.log());
    }

    void watch() {
        Thread.ofVirtual().name("end of " + request.instanceId()).start(this::awaitEnd);
    }

    /** @throws BerthException if it does not get ready; nothing of it is left then */
    void awaitReady(OtherPorts.Patience patience) {
        int port = endpoint.port();
        var otherPorts = new OtherPorts(processes, port, patience, log::note);
        try {
            endpoint = switch (new Readiness(supervisor, processes, otherPorts, port).await(request.readyWithin())) {
                case Readiness.Outcome.Ready(Endpoint found) -> found;
                case Readiness.Outcome.Ended() -> throw endedEarly();
                case Readiness.Outcome.TooLate(List<Listener> listening) ->
                    throw StartProblem.portNeverOpened(port, request.readyWithin(), listening);
                case Readiness.Outcome.Ignored(List<Listener> listening) ->
                    throw StartProblem.portIgnored(port, listening);
                case Readiness.Outcome.Taken(String owner) -> throw StartProblem.portTaken(port, owner);
            };
            pid = supervisor.programPid().orElseThrow(this::endedEarly);
        } catch (BerthException e) {
            kill();
            throw e;
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
    public Optional<Usage> usage(Duration age) {
        return exited.isDone() ? Optional.empty() : usage.read(age);
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

    private BerthException endedEarly() {
        int port = endpoint.port();
        Exit exit = exited.join();
        if (supervisor.programPid().isEmpty()) {
            List<String> said = log.lastLines();
            return said.isEmpty()
                    ? StartProblem.neverStarted(request, folder)
                    : StartProblem.noOwnFiles(request, said.getLast());
        }
        Optional<String> stranger = request.port().isEmpty() ? Listener.ownerOf(port) : Optional.empty();
        if (stranger.isPresent()) {
            return StartProblem.portTaken(port, stranger.get());
        }
        return exit.code() == 0 && !exit.leftBehind().isEmpty()
                ? StartProblem.wentToBackground(exit.description(), exit.leftBehind())
                : StartProblem.exitedBeforeReady(port, exit.description(), log.lastLines());
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
            processes.kill();
        }
    }

    private void awaitEnd() {
        try {
            Exit exit = Signals.exit(supervisor.awaitExit());
            List<String> left = processes.living().stream()
                    .map(ProcessRow::toString)
                    .limit(MOST_NAMED)
                    .toList();
            processes.kill();
            supervisor.stop(Duration.ZERO);
            log.awaitEnd();
            afterEnd.run();
            exited.complete(new Exit(exit.code(), exit.description(), stopping.get() ? List.of() : left));
        } catch (InterruptedException | RuntimeException e) {
            afterEnd.run();
            exited.completeExceptionally(e);
        }
    }
}
