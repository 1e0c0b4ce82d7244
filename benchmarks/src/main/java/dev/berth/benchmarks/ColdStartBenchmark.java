package dev.berth.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What Berth adds to the start of a program: a call through the gateway to a service at zero, beside the same program
 * started bare until it answered, in turn, in the same run. Argument: how many starts, 40 if not said.
 */
public final class ColdStartBenchmark {
    private static final int WARM_UP = 3;

    private ColdStartBenchmark() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        int starts = args.length > 0 ? Integer.parseInt(args[0]) : 40;
        Path folder = Files.createTempDirectory("berth-cold-start");
        Path node = Programs.node(folder.resolve("node-service"));
        Path java = Programs.java(folder.resolve("java-service"));
        try (BerthPlatform berth = BerthPlatform.start(folder.resolve("data"))) {
            System.out.printf(
                    "cold start: %d starts of each, from zero; until the first answer was complete; %d processors%n%n",
                    starts, Runtime.getRuntime().availableProcessors());
            measure(berth, "Node", node, List.of("node", "server.js"), starts);
            measure(berth, "Java", java, List.of(Programs.javaBinary(), "-jar", "service.jar"), starts);
        } finally {
            Folders.delete(folder);
        }
    }

    private static void measure(BerthPlatform berth, String kind, Path service, List<String> command, int starts)
            throws IOException, InterruptedException {
        String name = service.getFileName().toString();
        berth.berth("deploy", service.toString(), "--idle", "1s", "--command", String.join(" ", command));
        Samples bare = new Samples();
        Samples hosted = new Samples();
        Samples added = new Samples();
        for (int i = -WARM_UP; i < starts; i++) {
            double alone;
            try (BareProgram program = BareProgram.start(service, command)) {
                alone = program.readyMillis();
            }
            berth.awaitZero(name);
            double through = firstCall(berth, name);
            if (i >= 0) {
                bare.add(alone);
                hosted.add(through);
                added.add(through - alone);
            }
        }
        System.out.printf("%-6s %10s %10s %10s%n", kind, "bare", "berth", "added");
        for (int percent : new int[] {50, 95}) {
            double a = bare.percentile(percent);
            double b = hosted.percentile(percent);
            System.out.printf("  p%d %11.1f %10.1f %+10.1f ms%n", percent, a, b, b - a);
        }
        System.out.printf(
                "  the difference of each pair: p50 %+.1f ms, p95 %+.1f ms%n%n",
                added.percentile(50), added.percentile(95));
    }

    private static double firstCall(BerthPlatform berth, String service) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(berth.url()));
        berth.headers(service).forEach(request::header);
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            long begin = System.nanoTime();
            HttpResponse<byte[]> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            double millis = (System.nanoTime() - begin) / 1e6;
            if (answer.statusCode() != 200) {
                throw new IllegalStateException("status " + answer.statusCode() + " from " + service);
            }
            return millis;
        }
    }
}
