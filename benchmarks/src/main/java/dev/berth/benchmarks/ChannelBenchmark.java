package dev.berth.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The native channel with session check, limits and identity beside plain nginx {@code proxy_pass}, which does none of
 * that: the same upstream instance, the same load, the same run, in turn.
 */
public final class ChannelBenchmark {
    private static final int ROUNDS = 5;
    private static final int WARM_UP_SECONDS = 5;
    private static final int SECONDS = 4;
    private static final int CONNECTIONS = 32;
    private static final int BODY_BYTES = 100 * 1024;
    private static final int CALLS_PER_SECOND = 1_000;
    private static final int OPEN_LOOP_SECONDS = 8;

    private static final String ALONE = "p50 at 1 connection, µs";
    private static final String STEADY_P50 = "p50 at a constant 1000 calls/s, µs";
    private static final String STEADY_P99 = "p99 at a constant 1000 calls/s, µs";

    private ChannelBenchmark() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("berth-channel");
        Path service = Files.createDirectories(folder.resolve("fixed"));
        Files.createDirectories(folder.resolve("tmp"));
        Files.writeString(service.resolve("start"), UPSTREAM);
        Files.writeString(service.resolve("big"), "0".repeat(BODY_BYTES));
        Files.writeString(service.resolve("Dockerfile"), "FROM scratch\nCMD [\"sh\", \"./start\"]\n");
        try (BerthPlatform berth = BerthPlatform.start(folder.resolve("data"), service)) {
            int upstreamPort = upstreamPort(berth);
            try (NginxProxy nginx = NginxProxy.start(folder, upstreamPort)) {
                measure(berth, nginx);
            }
        } finally {
            Folders.delete(folder);
        }
    }

    private static void measure(BerthPlatform berth, NginxProxy nginx) throws IOException, InterruptedException {
        Map<String, String> headers = berth.headers("fixed");
        Comparison comparison = new Comparison("nginx");
        Door yardstick = new Door(nginx.url(), headers, nginx.cpu(), comparison::addYardstick);
        Door door = new Door(berth.url(), headers, berth.cpu(), comparison::addBerth);
        for (Door each : List.of(yardstick, door)) {
            for (Kind kind : Kind.values()) {
                Wrk.run(each.load(kind), CONNECTIONS, WARM_UP_SECONDS);
            }
        }
        for (int round = 0; round < ROUNDS; round++) {
            yardstick.measure();
            door.measure();
        }
        System.out.printf(
                "channel: %d rounds; wrk, closed loop, %d connections, %d s a load; open loop %d s; %d processors; medians%n%n",
                ROUNDS,
                CONNECTIONS,
                SECONDS,
                OPEN_LOOP_SECONDS,
                Runtime.getRuntime().availableProcessors());
        comparison.print();
        System.out.printf(
                "%nadded to nginx's: p50 at 1 connection %.0f µs; at 1000 calls/s p50 %.0f µs, p99 %.0f µs%n",
                comparison.added(ALONE), comparison.added(STEADY_P50), comparison.added(STEADY_P99));
    }

    /** What is asked of the upstream; a refused request is answered by the proxy itself. */
    private enum Kind {
        SMALL("50 bytes", "", 0),
        ANSWER("a 100 KiB answer", "big", 0),
        REQUEST("a 100 KiB request", "", BODY_BYTES),
        REFUSED("refused", "refused", 0);

        private final String title;
        private final String path;
        private final int bodyBytes;

        Kind(String title, String path, int bodyBytes) {
            this.title = title;
            this.path = path;
            this.bodyBytes = bodyBytes;
        }
    }

    private interface Column {
        void add(String row, double value);
    }

    /** One of the two proxies. */
    private record Door(String url, Map<String, String> headers, CpuClock cpu, Column column) {
        /** Berth refuses because the session is missing (CH-83; the status is 200, CH-70), nginx because of the path. */
        Wrk.Load load(Kind kind) {
            Map<String, String> sent = new HashMap<>(headers);
            if (kind == Kind.REFUSED) {
                sent.remove("X-Berth-Session");
            }
            return new Wrk.Load(url + kind.path, sent, kind.bodyBytes);
        }

        void measure() throws IOException, InterruptedException {
            for (Kind kind : Kind.values()) {
                long before = cpu.micros();
                Wrk.Result loaded = Wrk.run(load(kind), CONNECTIONS, SECONDS);
                column.add("CPU per call, µs: " + kind.title, (double) (cpu.micros() - before) / loaded.requests());
                column.add("p50 at 32 connections, µs: " + kind.title, loaded.p50Micros());
                column.add("p99 at 32 connections, µs: " + kind.title, loaded.p99Micros());
            }
            column.add(ALONE, Wrk.run(load(Kind.SMALL), 1, SECONDS).p50Micros());
            Samples steady = OpenLoop.run(url, headers, CALLS_PER_SECOND, OPEN_LOOP_SECONDS);
            column.add(STEADY_P50, steady.percentile(50));
            column.add(STEADY_P99, steady.percentile(99));
        }
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
            user=
            [ "$(id -u)" != 0 ] || user='user root;' # else its workers may not read the working copy
            cat > nginx.conf <<END
            $user daemon off; worker_processes 1; pid nginx.pid; error_log stderr crit;
            events { worker_connections 1024; }
            http {
              access_log off; keepalive_requests 100000000;
              client_body_temp_path tmp; proxy_temp_path tmp; fastcgi_temp_path tmp; uwsgi_temp_path tmp; scgi_temp_path tmp;
              server { listen 127.0.0.1:$PORT; location / { return 200 "$PORT 0123456789012345678901234567890123456789\\n"; }
                location = /big { root $PWD; } }
            }
            END
            exec nginx -p "$PWD" -c "$PWD/nginx.conf"
            """;
}
