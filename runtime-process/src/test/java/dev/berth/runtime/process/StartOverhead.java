package dev.berth.runtime.process;

import dev.berth.core.InstanceRuntime.Request;
import dev.berth.core.InstanceRuntime.Surroundings;
import dev.berth.core.InstanceRuntime.Workplace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * What {@link ProcessRuntime#start} adds to a bare start of the same Node server until it accepts, alternating in one run
 * (docs/design.md, section 7). Arguments: rounds, and optionally a folder whose files are added to the version.
 */
final class StartOverhead {
    private static final Surroundings NAME =
            new Surroundings(Map.of("tcb-admin.tencentyun.com", "127.77.0.2"), Map.of());

    private StartOverhead() {}

    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 40;
        Path folder = Files.createTempDirectory("berth-overhead");
        Path files = folder.resolve("version");
        if (arguments.length > 1) {
            long begin = System.nanoTime();
            TreeCopy.copy(Path.of(arguments[1]), files);
            System.out.printf("copy of %s: %.0f ms%n", arguments[1], millisSince(begin));
        } else {
            Files.createDirectory(files);
        }
        Files.writeString(files.resolve("server.js"), "require('http').createServer().listen(process.env.PORT)");
        var bare = new ArrayList<Double>();
        var prepared = new ArrayList<Double>();
        var copied = new ArrayList<Double>();
        var inPlace = new ArrayList<Double>();
        var named = new ArrayList<Double>();
        try (var runtime = new ProcessRuntime(folder.resolve("instances"), new PortRange(20000, 29999))) {
            System.out.println(
                    "files to read only and names: " + runtime.privateFiles().reason());
            for (int i : IntStream.rangeClosed(-5, rounds).toArray()) {
                double withoutBerth = bare(files);
                runtime.prepare(files);
                double withCopyAhead = berth(runtime, files, Workplace.OWN_COPY, Surroundings.NONE);
                double withCopyThen = berth(runtime, files, Workplace.OWN_COPY, Surroundings.NONE);
                double withoutCopy = berth(runtime, files, Workplace.IN_PLACE, Surroundings.NONE);
                double withName = berth(runtime, files, Workplace.IN_PLACE, NAME);
                if (i > 0) {
                    bare.add(withoutBerth);
                    prepared.add(withCopyAhead);
                    copied.add(withCopyThen);
                    inPlace.add(withoutCopy);
                    named.add(withName);
                }
            }
        }
        print("bare node", bare, bare);
        print("berth, copy made ahead", prepared, bare);
        print("berth, copied at start", copied, bare);
        print("berth, in place", inPlace, bare);
        print("berth, in place, a name", named, bare);
        TreeRemoval.remove(folder);
    }

    private static double berth(ProcessRuntime runtime, Path files, Workplace workplace, Surroundings surroundings) {
        long begin = System.nanoTime();
        var instance = runtime.start(new Request(
                "i",
                files,
                List.of("node", "server.js"),
                Map.of(),
                OptionalInt.empty(),
                Duration.ofSeconds(20),
                workplace,
                surroundings,
                l -> {}));
        double took = millisSince(begin);
        instance.stop(Duration.ofSeconds(1));
        instance.exited().toCompletableFuture().join();
        return took;
    }

    private static double bare(Path files) throws IOException, InterruptedException {
        int port;
        try (var probe = new ServerSocket(0)) {
            port = probe.getLocalPort();
        }
        var builder = new ProcessBuilder("node", "server.js").directory(files.toFile());
        String path = InstanceEnvironment.path(files, Map.of());
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", path, "HOME", files.toString(), "LANG", "C.UTF-8"));
        builder.environment().put("PORT", String.valueOf(port));
        long begin = System.nanoTime();
        Process process = builder.start();
        while (!accepts(port)) {
            Thread.sleep(1);
        }
        double took = millisSince(begin);
        process.destroy();
        process.waitFor();
        return took;
    }

    private static boolean accepts(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }

    private static double millisSince(long begin) {
        return (System.nanoTime() - begin) / 1e6;
    }

    private static void print(String name, List<Double> times, List<Double> yardstick) {
        System.out.printf(
                "%-24s p50 %.1f ms (+%.1f)  p95 %.1f ms (+%.1f)%n",
                name,
                percentile(times, 50),
                percentile(times, 50) - percentile(yardstick, 50),
                percentile(times, 95),
                percentile(times, 95) - percentile(yardstick, 95));
    }

    private static double percentile(List<Double> times, int percent) {
        var sorted = new ArrayList<>(times);
        Collections.sort(sorted);
        return sorted.get((sorted.size() - 1) * percent / 100);
    }
}
