package dev.berth.hosting;

import static java.util.Objects.requireNonNull;

import dev.berth.core.Activator.Lease;
import dev.berth.core.Endpoint;
import dev.berth.core.InstanceRuntime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Instances that are a listening socket each. */
final class FakeRuntime implements InstanceRuntime {
    final List<FakeInstance> started = new CopyOnWriteArrayList<>();
    final List<Path> prepared = new CopyOnWriteArrayList<>();
    final List<Path> discarded = new CopyOnWriteArrayList<>();
    final Set<FakeInstance> running = ConcurrentHashMap.newKeySet();
    private final ConcurrentMap<String, FakeInstance> byId = new ConcurrentHashMap<>();
    private final AtomicLong pids = new AtomicLong(1000);

    /** Calls that found their instance stopped, and stops that met a call. */
    final AtomicInteger cut = new AtomicInteger();

    /** What a start does before it listens: wait, throw. */
    volatile Consumer<Request> beforeStart = _ -> {};

    volatile boolean stopsAtOnce = true;

    @Override
    public void prepare(Path files) {
        prepared.add(files);
    }

    @Override
    public void discard(Path files) {
        discarded.add(files);
    }

    @Override
    public Instance start(Request request) {
        beforeStart.accept(request);
        FakeInstance instance = new FakeInstance(request);
        running.add(instance);
        started.add(instance);
        byId.put(request.instanceId(), instance);
        request.log().accept("listening");
        return instance;
    }

    @Override
    public void close() {
        running.forEach(instance -> instance.exit(new Exit(0, "exit code 0")));
    }

    FakeInstance of(Lease lease) {
        return requireNonNull(byId.get(lease.instanceId()), lease.instanceId());
    }

    FakeInstance only() {
        if (running.size() != 1) {
            throw new AssertionError("running: " + running.size());
        }
        return running.iterator().next();
    }

    final class FakeInstance implements Instance {
        final Request request;
        final ServerSocket socket;
        final long pid = pids.incrementAndGet();
        final CompletableFuture<Exit> exited = new CompletableFuture<>();
        volatile boolean stopAsked;
        volatile Optional<Usage> usage = Optional.empty();
        private final AtomicInteger calls = new AtomicInteger();

        FakeInstance(Request request) {
            this.request = request;
            try {
                socket = new ServerSocket(request.port().orElse(0), 1000, InetAddress.getLoopbackAddress());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public Endpoint endpoint() {
            return new Endpoint("127.0.0.1", socket.getLocalPort());
        }

        @Override
        public long pid() {
            return pid;
        }

        @Override
        public CompletionStage<Exit> exited() {
            return exited;
        }

        @Override
        public Optional<Usage> usage(Duration age) {
            return usage;
        }

        /** A call that takes so long, as seen by the program. */
        void serve(long nanos) {
            calls.incrementAndGet();
            if (stopAsked) {
                cut.incrementAndGet();
            }
            LockSupport.parkNanos(nanos);
            calls.decrementAndGet();
        }

        @Override
        public void stop(Duration grace) {
            stopAsked = true;
            cut.addAndGet(calls.get());
            if (stopsAtOnce) {
                exit(new Exit(143, "exit code 143"));
            }
        }

        void stopListening() {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void exit(Exit exit) {
            stopListening();
            running.remove(this);
            exited.complete(exit);
        }
    }
}
