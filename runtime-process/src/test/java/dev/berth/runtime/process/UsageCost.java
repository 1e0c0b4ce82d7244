package dev.berth.runtime.process;

import dev.berth.core.InstanceRuntime.Instance;
import dev.berth.core.InstanceRuntime.Request;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What it costs to ask every instance for its usage each 2 s, and what a stop adds to the end of the program. Argument: how
 * many instances.
 */
final class UsageCost {
    private static final String LISTEN =
            "import socket,os,time;s=socket.create_server(('127.0.0.1',int(os.environ['PORT'])));time.sleep(6000)";
    private static final int ROUNDS = 10;

    private UsageCost() {}

    public static void main(String[] arguments) throws Exception {
        int count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200;
        Path folder = Files.createTempDirectory("berth-usage");
        Path files = Files.createDirectory(folder.resolve("version"));
        try (var runtime = new ProcessRuntime(folder.resolve("instances"), new PortRange(20000, 29999))) {
            var instances = new ArrayList<Instance>();
            for (int i = 0; i < count; i++) {
                instances.add(runtime.start(request("i" + i, files)));
            }
            var cpu = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
            for (int round = 0; round < ROUNDS; round++) {
                long used = cpu.getProcessCpuTime();
                long begin = System.nanoTime();
                long seen = instances.stream()
                        .filter(instance -> instance.usage().isPresent())
                        .count();
                System.out.printf(
                        "%d instances, %d processes on the machine: %.1f ms, %.1f ms CPU%n",
                        seen,
                        ProcessTable.all().count(),
                        (System.nanoTime() - begin) / 1e6,
                        (cpu.getProcessCpuTime() - used) / 1e6);
                Thread.sleep(2000);
            }
            for (Instance instance : instances.subList(0, Math.min(ROUNDS, count))) {
                long begin = System.nanoTime();
                instance.stop(Duration.ofSeconds(10));
                instance.exited().toCompletableFuture().join();
                System.out.printf("stop: %.1f ms%n", (System.nanoTime() - begin) / 1e6);
            }
        }
        TreeRemoval.remove(folder);
    }

    private static Request request(String id, Path files) {
        return new Request(
                id,
                files,
                List.of("/usr/bin/python3", "-S", "-c", LISTEN),
                Map.of(),
                OptionalInt.empty(),
                Duration.ofSeconds(60),
                line -> {});
    }
}
