package dev.berth.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The native channel with session check, limits and identity beside plain nginx {@code proxy_pass}, which does none of
 * that: the same upstream instance, the same load, the same run, in turn.
 */
public final class ChannelBenchmark {
    private static final int ROUNDS = 5;
    private static final int WARM_UP_SECONDS = 10;
    private static final int SECONDS = 6;
    private static final int CONNECTIONS = 32;

    private ChannelBenchmark() {}

    /** @param cpuMicros of the proxy alone, per call */
    private record Round(double cpuMicros, double p50, double p99, double p50Alone) {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("berth-channel");
        Path service = Files.createDirectories(folder.resolve("fixed"));
        Files.createDirectories(folder.resolve("tmp"));
        Files.writeString(service.resolve("start"), UPSTREAM);
        try (BerthPlatform berth = BerthPlatform.start(folder.resolve("data"), packaged(service))) {
            int upstreamPort = upstreamPort(berth);
            try (NginxProxy nginx = NginxProxy.start(folder, upstreamPort)) {
                measure(berth, nginx);
            }
        } finally {
            delete(folder);
        }
    }

    private static void measure(BerthPlatform berth, NginxProxy nginx) throws IOException, InterruptedException {
        Map<String, String> headers = berth.headers("fixed");
        Wrk.run(nginx.url(), headers, CONNECTIONS, WARM_UP_SECONDS / 2);
        Wrk.run(berth.url(), headers, CONNECTIONS, WARM_UP_SECONDS);
        List<Round> nginxRounds = new ArrayList<>();
        List<Round> berthRounds = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            nginxRounds.add(round(nginx.url(), headers, nginx.cpu()));
            berthRounds.add(round(berth.url(), headers, berth.cpu()));
        }
        print(nginxRounds, berthRounds);
    }

    private static Round round(String url, Map<String, String> headers, CpuClock cpu)
            throws IOException, InterruptedException {
        long before = cpu.micros();
        Wrk.Result loaded = Wrk.run(url, headers, CONNECTIONS, SECONDS);
        double cpuMicros = (double) (cpu.micros() - before) / loaded.requests();
        Wrk.Result alone = Wrk.run(url, headers, 1, SECONDS / 2);
        return new Round(cpuMicros, loaded.p50Micros(), loaded.p99Micros(), alone.p50Micros());
    }

    private static void print(List<Round> nginx, List<Round> berth) {
        System.out.printf(
                "channel: %d rounds of %d s, %d connections, wrk, closed loop; %d processors; medians%n%n",
                ROUNDS, SECONDS, CONNECTIONS, Runtime.getRuntime().availableProcessors());
        System.out.printf("%-34s %12s %12s %8s%n", "", "nginx", "berth", "ratio");
        row("CPU of the proxy per call, µs", Round::cpuMicros, nginx, berth);
        row("p50 at 32 connections, µs", Round::p50, nginx, berth);
        row("p99 at 32 connections, µs", Round::p99, nginx, berth);
        row("p50 at 1 connection, µs", Round::p50Alone, nginx, berth);
        System.out.printf(
                "%nlatency added to nginx's at 1 connection, p50: %.0f µs%n",
                median(Round::p50Alone, berth) - median(Round::p50Alone, nginx));
    }

    private interface Figure {
        double of(Round round);
    }

    private static void row(String name, Figure figure, List<Round> nginx, List<Round> berth) {
        double a = median(figure, nginx);
        double b = median(figure, berth);
        System.out.printf("%-34s %12.1f %12.1f %8.2f%n", name, a, b, b / a);
    }

    private static double median(Figure figure, List<Round> rounds) {
        return rounds.stream().mapToDouble(figure::of).sorted().toArray()[rounds.size() / 2];
    }

    /** The service answers its own port, so that nginx can be pointed at the very same instance. */
    private static int upstreamPort(BerthPlatform berth) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(berth.url()));
        berth.headers("fixed").forEach(request::header);
        try (HttpClient client = HttpClient.newHttpClient()) {
            String body = client.send(request.build(), HttpResponse.BodyHandlers.ofString())
                    .body();
            return Integer.parseInt(body.strip().split(" ", 2)[0]);
        }
    }

    private static final String UPSTREAM = """
            mkdir -p tmp
            cat > nginx.conf <<END
            daemon off; worker_processes 1; pid nginx.pid; error_log stderr crit;
            events { worker_connections 1024; }
            http {
              access_log off; keepalive_requests 100000000;
              client_body_temp_path tmp; proxy_temp_path tmp; fastcgi_temp_path tmp; uwsgi_temp_path tmp; scgi_temp_path tmp;
              server { listen 127.0.0.1:$PORT; location / { return 200 "$PORT 0123456789012345678901234567890123456789\\n"; } }
            }
            END
            exec nginx -p "$PWD" -c "$PWD/nginx.conf"
            """;

    private static Path packaged(Path service) throws IOException {
        Files.writeString(service.resolve("Dockerfile"), "FROM scratch\nCMD [\"sh\", \"./start\"]\n");
        return service;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
