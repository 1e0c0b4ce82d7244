package dev.berth.hosting;

import dev.berth.core.Endpoint;
import dev.berth.core.InstanceRuntime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Instances that are a listening socket each. */
final class FakeRuntime implements InstanceRuntime {
    final List<FakeInstance> started = new CopyOnWriteArrayList<>();
    final List<Path> prepared = new CopyOnWriteArrayList<>();
    final List<Path> discarded = new CopyOnWriteArrayList<>();
    final Set<FakeInstance> running = ConcurrentHashMap.newKeySet();
    private final AtomicLong pids = new AtomicLong(1000);

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
        request.log().accept("listening");
        return instance;
    }

    @Override
    public void close() {
        running.forEach(instance -> instance.exit(new Exit(0, "exit code 0")));
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
        public void stop(Duration grace) {
            stopAsked = true;
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
