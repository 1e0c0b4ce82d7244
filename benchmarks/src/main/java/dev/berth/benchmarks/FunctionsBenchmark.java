package dev.berth.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What a function costs on Berth: the first invocation from a warm host and from nothing, beside a bare {@code node} that
 * loads the same code; warm invocations beside a bare Node server and the functions framework of CloudBase that run the same
 * function; memory of an idle host; many functions deployed. Arguments: first invocations of each kind (20), functions (200).
 */
public final class FunctionsBenchmark {
    private static final String NAME = "sum";
    private static final int ROUNDS = 5;
    private static final int SECONDS = 5;
    private static final int IDLE_SECONDS = 20;

    private FunctionsBenchmark() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        int firsts = args.length > 0 ? Integer.parseInt(args[0]) : 20;
        int many = args.length > 1 ? Integer.parseInt(args[1]) : 200;
        Path folder = Files.createTempDirectory("berth-functions");
        try {
            Path function = FunctionPrograms.function(folder.resolve(NAME));
            Path yardsticks = FunctionPrograms.yardsticks(folder.resolve("yardsticks"));
            System.out.printf(
                    "functions: wx-server-sdk 4.0.2, node %s; %d processors%n%n",
                    nodeVersion(), Runtime.getRuntime().availableProcessors());
            first(folder, function, yardsticks, firsts);
            warm(folder, function, yardsticks);
            many(folder, many);
        } finally {
            Folders.delete(folder);
        }
    }

    private static void first(Path folder, Path function, Path yardsticks, int firsts)
            throws IOException, InterruptedException {
        Samples bare = new Samples();
        Samples cold = new Samples();
        Samples warm = new Samples();
        try (BerthPlatform nothing = BerthPlatform.start(
                        folder.resolve("nothing"),
                        Map.of("BERTH_FUNCTIONS_WARM", "0", "BERTH_FUNCTIONS_KEEP_IDLE", "1s"));
                BerthPlatform ready = BerthPlatform.start(folder.resolve("ready"))) {
            nothing.berth("deploy", "--function", function.toString());
            for (int i = -2; i < firsts; i++) {
                double alone = FunctionPrograms.once(yardsticks);
                await(nothing, 0);
                double fromNothing = invoke(nothing);
                ready.berth("deploy", "--function", function.toString(), "--set", "ROUND=" + (i + 10));
                await(ready, 1);
                double fromWarm = invoke(ready);
                if (i >= 0) {
                    bare.add(alone);
                    cold.add(fromNothing);
                    warm.add(fromWarm);
                }
            }
        }
        System.out.printf("%-40s %8s %8s%n", "first invocation, " + firsts + " of each, ms", "p50", "p95");
        print("a bare node that loads the same", bare);
        print("berth, from nothing", cold);
        print("berth, from a warm host", warm);
        System.out.println();
    }

    /** Waits until so many hosts are warm, and none does anything else. */
    private static void await(BerthPlatform berth, int warm) throws IOException, InterruptedException {
        for (int attempt = 0; attempt < 1200; attempt++) {
            JsonNode hosts = berth.environment("/functions/" + NAME).path("hosts");
            if (hosts.path("warm").asInt() == warm
                    && hosts.path("busy").asInt() == 0
                    && hosts.path("starting").asInt() == 0) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        throw new IllegalStateException("the hosts do not come to rest");
    }

    private static double invoke(BerthPlatform berth) throws IOException, InterruptedException {
        Wrk.Load call = berth.callFunction(NAME, FunctionPrograms.EVENT);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(call.url()))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"data\":" + FunctionPrograms.EVENT + "}"));
        call.headers().forEach(request::header);
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            long begin = System.nanoTime();
            String answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString())
                    .body();
            double millis = (System.nanoTime() - begin) / 1e6;
            if (!answer.contains("\"sum\":3")) {
                throw new IllegalStateException("not the result: " + answer);
            }
            return millis;
        }
    }

    private static void print(String what, Samples samples) {
        System.out.printf("%-40s %8.1f %8.1f%n", what, samples.percentile(50), samples.percentile(95));
    }

    private static void warm(Path folder, Path function, Path yardsticks) throws IOException, InterruptedException {
        try (BareProgram bare = BareProgram.start(yardsticks, FunctionPrograms.bareServer());
                BareProgram framework = BareProgram.start(yardsticks, FunctionPrograms.framework());
                BerthPlatform berth = BerthPlatform.start(folder.resolve("warm"))) {
            berth.berth("deploy", "--function", function.toString());
            List<Runner> runners = List.of(
                    new Runner("a bare Node server", load(bare)),
                    new Runner("functions-framework 1.18.0", load(framework)),
                    new Runner("berth", berth.callFunction(NAME, FunctionPrograms.EVENT)));
            for (int round = -1; round < ROUNDS; round++) {
                for (Runner runner : runners) {
                    runner.run(round >= 0);
                }
            }
            Runner.print(runners);
            await(
                    berth,
                    berth.environment("/functions/" + NAME)
                            .path("hosts")
                            .path("warm")
                            .asInt());
            JsonNode told = berth.environment("/functions/" + NAME);
            System.out.printf(
                    "memory per idle host, MB: %.0f, of %d hosts that were invoked; a bare Node server with the same code: %.0f%n%n",
                    told.path("memoryUsed").asDouble()
                            / Math.max(1, told.path("hosts").path("warm").asInt()),
                    told.path("hosts").path("warm").asInt(),
                    Memory.residentMegabytes(bare.pid()));
        }
    }

    private static Wrk.Load load(BareProgram program) {
        return Wrk.Load.json("http://127.0.0.1:%d/".formatted(program.port()), Map.of(), FunctionPrograms.EVENT);
    }

    /** Warm invocations of one kind, one after the other and several at a time. */
    private static final class Runner {
        private static final int SEVERAL = 8;

        private final String name;
        private final Wrk.Load load;
        private final Samples p50 = new Samples();
        private final Samples p99 = new Samples();
        private final Samples perSecond = new Samples();

        Runner(String name, Wrk.Load load) {
            this.name = name;
            this.load = load;
        }

        void run(boolean counts) throws IOException, InterruptedException {
            Wrk.Result one = Wrk.run(load, 1, SECONDS);
            Wrk.Result several = Wrk.run(load, SEVERAL, SECONDS);
            if (counts) {
                p50.add(one.p50Micros());
                p99.add(one.p99Micros());
                perSecond.add(several.requests() / (double) SECONDS);
            }
        }

        static void print(List<Runner> runners) {
            System.out.printf(
                    "%-40s %10s %10s %14s%n",
                    "warm invocations, medians of " + ROUNDS, "p50, µs", "p99, µs", SEVERAL + " at once, /s");
            for (Runner runner : runners) {
                System.out.printf(
                        "%-40s %10.0f %10.0f %14.0f%n",
                        runner.name, runner.p50.median(), runner.p99.median(), runner.perSecond.median());
            }
            System.out.println();
        }
    }

    private static void many(Path folder, int count) throws IOException, InterruptedException {
        Path data = folder.resolve("many");
        Path root = Files.createDirectories(folder.resolve("cloudfunctions"));
        for (int i = 0; i < count; i++) {
            FunctionPrograms.function(root.resolve("f" + i));
        }
        try (BerthPlatform berth = BerthPlatform.start(data)) {
            long begin = System.nanoTime();
            berth.berth("deploy", "--function", root.toString());
            double deployed = (System.nanoTime() - begin) / 1e9;
            TimeUnit.SECONDS.sleep(IDLE_SECONDS);
            CpuClock cpu = berth.cpu();
            long before = cpu.micros();
            TimeUnit.SECONDS.sleep(IDLE_SECONDS);
            double idle = (cpu.micros() - before) / 1e3 / IDLE_SECONDS;
            int hosts = 0;
            double memory = 0;
            for (JsonNode each : berth.environment("/functions").path("functions")) {
                hosts += each.path("hosts").path("warm").asInt();
                memory += each.path("memoryUsed").asDouble();
            }
            System.out.printf(
                    "%d functions: deployed in %.1f s; server %.0f MB RSS, %.1f ms CPU per s when idle; %d warm hosts with %.0f MB (budget 1024)%n",
                    count, deployed, Memory.residentMegabytes(berth.pid()), idle, hosts, memory);
        }
    }

    private static String nodeVersion() throws IOException {
        return new String(
                        new ProcessBuilder("node", "--version")
                                .start()
                                .getInputStream()
                                .readAllBytes(),
                        StandardCharsets.UTF_8)
                .strip();
    }
}
