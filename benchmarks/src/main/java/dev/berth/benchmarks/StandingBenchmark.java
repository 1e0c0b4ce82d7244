package dev.berth.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What it costs to have Berth there: the time of a start, and memory and CPU of a server to which nobody speaks, beside
 * the smallest Java HTTP server of the same JDK. Argument: how many services at zero there are, none if not said.
 */
public final class StandingBenchmark {
    private static final int STARTS = 7;
    private static final int SETTLE_SECONDS = 20;
    private static final int IDLE_SECONDS = 30;
    private static final String START = "start until ready, ms";
    private static final String MEMORY = "memory when idle, MB RSS";
    private static final String CPU = "CPU when idle, ms per s";

    private StandingBenchmark() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        int services = args.length > 0 ? Integer.parseInt(args[0]) : 0;
        Path folder = Files.createTempDirectory("berth-standing");
        Path java = Programs.java(folder.resolve("java-service"));
        Path node = Programs.node(folder.resolve("node-service"));
        Comparison comparison = new Comparison("bare JVM");
        Samples whole = new Samples();
        Path data = folder.resolve("data");
        try {
            try (ServedPlatform first = ServedPlatform.start(data)) { // later starts find state, as a user's do
                String token = Files.readString(data.resolve("token")).strip();
                long begin = System.nanoTime();
                ManyServices.deploy(first.management(), token, node, services);
                if (services > 0) {
                    System.out.printf("%d services deployed in %.0f s%n", services, (System.nanoTime() - begin) / 1e9);
                }
            }
            for (int i = 0; i < STARTS; i++) {
                try (BareProgram bare =
                        BareProgram.start(java, List.of(Programs.javaBinary(), "-jar", "service.jar"))) {
                    comparison.addYardstick(START, bare.readyMillis());
                }
                try (ServedPlatform berth = ServedPlatform.start(data)) {
                    comparison.addBerth(START, berth.readyMillis());
                }
                long begin = System.nanoTime();
                try (BerthPlatform berth = BerthPlatform.start(data, node)) {
                    whole.add((System.nanoTime() - begin) / 1e6);
                    berth.awaitZero("node-service");
                }
            }
            try (BareProgram bare = BareProgram.start(java, List.of(Programs.javaBinary(), "-jar", "service.jar"));
                    ServedPlatform berth = ServedPlatform.start(data)) {
                TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
                CpuClock bareCpu = CpuClock.of(bare.pid());
                CpuClock berthCpu = CpuClock.of(berth.pid());
                long bareBefore = bareCpu.micros();
                long before = berthCpu.micros();
                TimeUnit.SECONDS.sleep(IDLE_SECONDS);
                comparison.addYardstick(CPU, (bareCpu.micros() - bareBefore) / 1e3 / IDLE_SECONDS);
                comparison.addBerth(CPU, (berthCpu.micros() - before) / 1e3 / IDLE_SECONDS);
                comparison.addYardstick(MEMORY, Memory.residentMegabytes(bare.pid()));
                comparison.addBerth(MEMORY, Memory.residentMegabytes(berth.pid()));
            }
        } finally {
            Folders.delete(folder);
        }
        System.out.printf(
                "standing: %d services at zero; %d starts with state; idle for %d s; %d processors; medians%n%n",
                services, STARTS, IDLE_SECONDS, Runtime.getRuntime().availableProcessors());
        comparison.print();
        System.out.printf("%nwhole of up --detach with its deployment, and a sign-in: %.0f ms%n", whole.median());
    }
}
