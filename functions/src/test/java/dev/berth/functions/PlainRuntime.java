package dev.berth.functions;

import dev.berth.core.BerthException;
import dev.berth.core.Endpoint;
import dev.berth.core.InstanceRuntime;
import dev.berth.core.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Instances as processes of this machine, in their files themselves; for tests, which must not know a real runtime. */
final class PlainRuntime implements InstanceRuntime {
    private static final int PAGE = 4096;
    private static final int FIRST_PORT = 10_000;
    private static final int PORTS = 10_000;
    private static final AtomicInteger NEXT_PORT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(PORTS));
    private static final Map<Integer, String> SIGNALS =
            Map.of(137, "killed by SIGKILL", 139, "killed by SIGSEGV", 143, "killed by SIGTERM");

    final List<PlainInstance> started = new CopyOnWriteArrayList<>();

    /** What a start does before anything else: wait, throw. */
    volatile Consumer<Request> beforeStart = _ -> {};

    /** What programs are said to have left behind that end by themselves. */
    volatile List<String> leftBehind = List.of();

    @Override
    public void prepare(Path files) {}

    @Override
    public void discard(Path files) {}

    @Override
    public Instance start(Request request) {
        beforeStart.accept(request);
        try {
            int port = freePort();
            ProcessBuilder builder = new ProcessBuilder(request.command())
                    .directory(request.files().toFile())
                    .redirectErrorStream(true);
            Map<String, String> environment = builder.environment();
            String path = environment.getOrDefault("PATH", "");
            environment.clear();
            environment.put("PATH", path);
            environment.put("PORT", String.valueOf(port));
            environment.putAll(request.variables());
            PlainInstance instance = new PlainInstance(request, builder.start(), port, leftBehind);
            started.add(instance);
            instance.awaitReady();
            return instance;
        } catch (IOException e) {
            throw new BerthException(new Problem("START_FAILED", "test", String.valueOf(e.getMessage()), "none"), e);
        }
    }

    List<PlainInstance> running() {
        return started.stream().filter(instance -> instance.process.isAlive()).toList();
    }

    @Override
    public void close() {
        started.forEach(instance -> instance.stop(Duration.ZERO));
        started.forEach(instance -> instance.exited.join());
    }

    /** Below those that the kernel gives to whoever asks for any, and none twice. */
    private static int freePort() throws IOException {
        for (int tried = 0; tried < PORTS; tried++) {
            int port = FIRST_PORT + Math.floorMod(NEXT_PORT.getAndIncrement(), PORTS);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IOException("no port is free");
    }

    private static boolean isFree(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (BindException taken) {
            return false;
        }
    }

    static final class PlainInstance implements Instance {
        final Request request;
        final Process process;
        private final int port;
        private final CompletableFuture<Exit> exited = new CompletableFuture<>();

        private final List<String> leftBehind;

        PlainInstance(Request request, Process process, int port, List<String> leftBehind) {
            this.leftBehind = leftBehind;
            this.request = request;
            this.process = process;
            this.port = port;
            Thread.ofVirtual().start(this::readUntilEnd);
        }

        private void readUntilEnd() {
            try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    request.log().accept(line);
                }
            } catch (IOException killed) {
                request.log().accept("output ends: " + killed.getMessage());
            } finally {
                int code = process.onExit().join().exitValue();
                exited.complete(new Exit(code, SIGNALS.getOrDefault(code, "exit code " + code), leftBehind));
            }
        }

        private void awaitReady() {
            long deadline = System.nanoTime() + request.readyWithin().toNanos();
            while (!accepts()) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    stop(Duration.ZERO);
                    Exit exit = exited.join();
                    throw new BerthException(
                            new Problem("EXITED_BEFORE_READY", "test", "it ended: " + exit.description(), "none"));
                }
                LockSupport.parkNanos(1_000_000);
            }
        }

        private boolean accepts() {
            try (Socket probe = new Socket()) {
                probe.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                return true;
            } catch (IOException refused) {
                return false;
            }
        }

        @Override
        public Endpoint endpoint() {
            return new Endpoint("127.0.0.1", port);
        }

        @Override
        public long pid() {
            return process.pid();
        }

        @Override
        public CompletionStage<Exit> exited() {
            return exited.minimalCompletionStage();
        }

        @Override
        public Optional<Usage> usage(Duration age) {
            return process.isAlive() ? Optional.of(new Usage(Duration.ZERO, residentBytes())) : Optional.empty();
        }

        private long residentBytes() {
            return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                    .mapToLong(one -> residentBytes(one.pid()))
                    .sum();
        }

        private static long residentBytes(long pid) {
            try {
                return Long.parseLong(Files.readString(Path.of("/proc/" + pid + "/statm"))
                                .split(" ", 3)[1])
                        * PAGE;
            } catch (IOException gone) {
                return 0;
            }
        }

        @Override
        public void stop(Duration grace) {
            if (grace.isZero()) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            } else {
                process.destroy();
                var _ = process.onExit()
                        .completeOnTimeout(process, grace.toMillis(), TimeUnit.MILLISECONDS)
                        .thenRun(() -> stop(Duration.ZERO));
            }
        }
    }
}
