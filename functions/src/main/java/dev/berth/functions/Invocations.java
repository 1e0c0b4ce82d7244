package dev.berth.functions;

import dev.berth.core.FunctionId;
import dev.berth.core.FunctionInvoker;
import dev.berth.core.FunctionVersionId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Runs functions in hosts of their versions, which it starts, keeps and ends. Thread-safe. */
final class Invocations implements FunctionInvoker, AutoCloseable {
    private final NodeLauncher node;
    private final HostStarter starter;
    private final Hosts hosts;
    private final RunningInvocations running = new RunningInvocations();
    private final InvocationSurroundings around;
    private final Set<InspectedHost> inspected = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * @param scripts a folder for what hosts run beside functions; used by nothing else, made if it is missing
     * @throws IOException if that cannot be written
     */
    Invocations(FunctionPorts ports, FunctionRules rules, Path scripts) throws IOException {
        this.node = new NodeLauncher(ports.runtime(), scripts);
        this.starter = new HostStarter(ports, rules, node, new CompiledCode(scripts.resolve("compiled")));
        this.hosts = new Hosts(ports, rules, starter);
        this.around = new InvocationSurroundings(ports, new FunctionConcurrency(rules.concurrency()), running);
    }

    @Override
    public CompletionStage<Outcome> invoke(Invocation invocation) {
        return run(invocation, hosts);
    }

    /** As {@link Functions#inspect}. */
    Inspection inspect(Invocation invocation, int port, Consumer<String> url) {
        InspectedHost host = new InspectedHost(starter, new HostStarter.Inspect(port, url));
        inspected.add(host);
        if (closed) {
            host.cancel();
        }
        CompletionStage<Outcome> outcome = run(invocation, host).whenComplete((_, _) -> inspected.remove(host));
        return new Inspection() {
            @Override
            public CompletionStage<Outcome> outcome() {
                return outcome;
            }

            @Override
            public void close() {
                host.cancel();
            }
        };
    }

    private CompletionStage<Outcome> run(Invocation invocation, HostSource source) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        Thread.ofVirtual().name("invoke " + invocation.function()).start(() -> {
            Outcome its = new InvocationRun(around, source, invocation).run();
            around.ports().observer().ended(invocation, its);
            outcome.complete(its);
        });
        return outcome;
    }

    /**
     * To be called when another version of a function has become the live one, or the function was removed: the hosts of
     * other versions go when they have finished what they run, and the live one gets a host that is warm. Returns at once.
     */
    void released(FunctionId function) {
        hosts.released(function);
    }

    /**
     * Waits until the host that is kept warm for a version has loaded its code, for so long at most.
     *
     * @return why it did not load
     */
    Optional<Failed> awaitWarm(FunctionVersionId version, Duration patience) throws InterruptedException {
        return hosts.awaitStarts(version, patience);
    }

    /**
     * To be called when a version is no longer in the registry, before its files go. Returns when nothing runs in them; what
     * runs may finish.
     */
    void removed(FunctionVersionId version) {
        hosts.removed(version);
    }

    /** Those that run now, by their credentials (AD-18). */
    LiveInvocations live() {
        return running;
    }

    /** At this moment, those that are started included; in no order. */
    List<HostStatus> hosts() {
        return hosts.status();
    }

    /** Ends all hosts; what runs fails with {@code PLATFORM_FAILED}. Waits until nothing is left of them. */
    @Override
    public void close() {
        closed = true;
        inspected.forEach(InspectedHost::cancel);
        hosts.close();
        node.close();
    }
}
