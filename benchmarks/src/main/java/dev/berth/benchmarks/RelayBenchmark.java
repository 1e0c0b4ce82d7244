package dev.berth.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The relay to {@code api.weixin.qq.com} with permission, token and errcode beside plain nginx {@code proxy_pass}, which
 * does none of that: the same upstream in WeChat's place, the same load, the same run, in turn. Then 1000 askers at once
 * for an app without a token, counted at the simulator.
 */
public final class RelayBenchmark {
    private static final int ROUNDS = 5;
    private static final int WARM_UP_SECONDS = 5;
    private static final int SECONDS = 4;
    private static final int CONNECTIONS = 32;
    private static final int CALLS_PER_SECOND = 1_000;
    private static final int OPEN_LOOP_SECONDS = 8;
    private static final int ASKERS = 1_000;

    private static final String PATH = "wxa/msg_sec_check";
    private static final String BIG_PATH = "wxa/getwxacode";
    private static final Map<String, String> HEADERS = Map.of("Host", "api.weixin.qq.com");
    private static final String ALONE = "p50 at 1 connection, µs";
    private static final String STEADY_P50 = "p50 at a constant 1000 calls/s, µs";
    private static final String STEADY_P99 = "p99 at a constant 1000 calls/s, µs";

    private RelayBenchmark() {}

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("berth-relay");
        Path service = Files.createDirectories(folder.resolve("where"));
        Files.writeString(service.resolve("index.js"), WHERE);
        Files.writeString(service.resolve("Dockerfile"), "FROM scratch\nCMD [\"node\", \"index.js\"]\n");
        try {
            compare(folder, service);
            countTokenRequests(folder, service);
        } finally {
            Folders.delete(folder);
        }
    }

    private static void compare(Path folder, Path service) throws IOException, InterruptedException {
        Path weChat = Files.createDirectories(folder.resolve("wechat"));
        Path proxy = Files.createDirectories(folder.resolve("proxy"));
        Files.createDirectories(weChat.resolve("tmp"));
        Files.createDirectories(proxy.resolve("tmp"));
        try (FixedWeChat upstream = FixedWeChat.start(weChat);
                NginxProxy nginx = NginxProxy.start(proxy, upstream.port());
                BerthPlatform berth = BerthPlatform.start(
                        folder.resolve("data"), Map.of("BERTH_WECHAT_BASE_URL", upstream.url()), service)) {
            berth.berth("permissions", "add", "/" + PATH, "/" + BIG_PATH);
            measure(relayOf(berth), berth.cpu(), nginx);
        }
    }

    private static void measure(String relay, CpuClock cpu, NginxProxy nginx) throws IOException, InterruptedException {
        Comparison comparison = new Comparison("nginx");
        Door yardstick = new Door(nginx.url(), nginx.cpu(), comparison::addYardstick);
        Door door = new Door(relay, cpu, comparison::addBerth);
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
                "relay: %d rounds; wrk, closed loop, %d connections, %d s a load; open loop %d s; %d processors; medians%n%n",
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

    private enum Kind {
        SMALL("a small answer", PATH, 0),
        REQUEST("a 10 KiB request", PATH, 10 * 1024),
        PICTURE("a picture of 100 KiB", BIG_PATH, 0);

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
    private record Door(String url, CpuClock cpu, Column column) {
        Wrk.Load load(Kind kind) {
            return new Wrk.Load(url + kind.path, HEADERS, kind.bodyBytes);
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
            Samples steady = OpenLoop.run(url + PATH, HEADERS, CALLS_PER_SECOND, OPEN_LOOP_SECONDS);
            column.add(STEADY_P50, steady.percentile(50));
            column.add(STEADY_P99, steady.percentile(99));
        }
    }

    private static void countTokenRequests(Path folder, Path service) throws Exception {
        try (BerthPlatform berth = BerthPlatform.start(folder.resolve("cold"), service)) {
            berth.berth("permissions", "add", "/" + PATH);
            String relay = relayOf(berth);
            long before = tokenRequests(berth);
            int answered = askAtOnce(relay);
            System.out.printf(
                    "%n%d askers at once without a token: %d answered, %d token request(s)%n",
                    ASKERS, answered, tokenRequests(berth) - before);
        }
    }

    /** @return how many were answered with {@code errcode} 0 */
    private static int askAtOnce(String relay) throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        URI target = URI.create(relay);
        byte[] request = ("POST /" + PATH + " HTTP/1.1\r\nHost: api.weixin.qq.com\r\nConnection: close\r\n"
                        + "Content-Type: application/json\r\nContent-Length: 16\r\n\r\n{\"content\":\"hi\"}")
                .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        Callable<Boolean> asker = () -> {
            try (java.net.Socket socket = new java.net.Socket(target.getHost(), target.getPort())) {
                go.await();
                socket.getOutputStream().write(request);
                return new String(socket.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                        .contains("\"errcode\":0");
            }
        };
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> askers = new ArrayList<>();
            for (int i = 0; i < ASKERS; i++) {
                askers.add(threads.submit(asker));
            }
            Thread.sleep(1_000); // until every one is connected
            go.countDown();
            int answered = 0;
            for (Future<Boolean> each : askers) {
                answered += each.get() ? 1 : 0;
            }
            return answered;
        }
    }

    private static long tokenRequests(BerthPlatform berth) throws IOException, InterruptedException {
        return new ObjectMapper()
                .readTree(get(berth.simulator() + TOKEN_COUNT, Map.of()))
                .path("total")
                .asLong();
    }

    /** Base URL of the relay, as an instance sees it; a plain process of this machine may go there, too. */
    private static String relayOf(BerthPlatform berth) throws IOException, InterruptedException {
        String address = get(berth.url(), berth.headers("where"));
        if (!address.startsWith("127.77.")) {
            throw new IllegalStateException("instances have no hosts file of their own here: " + address);
        }
        return "http://" + address + ":80/";
    }

    private static String get(String url, Map<String, String> headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
        headers.forEach(request::header);
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    private static final String TOKEN_COUNT = "/__sim__/apps/wx1111111111111111/token-requests";

    private static final String WHERE = """
            require('http').createServer((request, response) =>
              require('dns').lookup('api.weixin.qq.com', (error, address) => response.end(error ? error.code : address))
            ).listen(process.env.PORT)
            """;
}
