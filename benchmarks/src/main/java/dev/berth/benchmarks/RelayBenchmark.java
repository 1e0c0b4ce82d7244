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
import java.util.concurrent.TimeUnit;

/**
 * The relay to {@code api.weixin.qq.com} with permission, token and errcode beside plain nginx {@code proxy_pass}, which
 * does none of that: the same upstream in WeChat's place, the same load, the same run, in turn. Then 1000 askers at once
 * for an app without a token, counted at the simulator.
 */
public final class RelayBenchmark {
    private static final int ASKERS = 1_000;
    private static final int REQUEST_BYTES = 10 * 1024;

    private static final String PATH = "wxa/msg_sec_check";
    private static final String BIG_PATH = "wxa/getwxacode";
    private static final Map<String, String> HEADERS = Map.of("Host", "api.weixin.qq.com");

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
            ProxyRace.run("relay", runner(nginx.url(), nginx.cpu()), runner(relayOf(berth), berth.cpu()));
        }
    }

    private static ProxyRace.Runner runner(String url, CpuClock cpu) {
        return new ProxyRace.Runner(
                cpu,
                List.of(
                        new ProxyRace.Heat("a small answer", new Wrk.Load(url + PATH, HEADERS, 0)),
                        new ProxyRace.Heat("a 10 KiB request", new Wrk.Load(url + PATH, HEADERS, REQUEST_BYTES)),
                        new ProxyRace.Heat("a picture of 100 KiB", new Wrk.Load(url + BIG_PATH, HEADERS, 0))));
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
        CountDownLatch connected = new CountDownLatch(ASKERS);
        CountDownLatch go = new CountDownLatch(1);
        URI target = URI.create(relay);
        byte[] request = ("POST /" + PATH + " HTTP/1.1\r\nHost: api.weixin.qq.com\r\nConnection: close\r\n"
                        + "Content-Type: application/json\r\nContent-Length: 16\r\n\r\n{\"content\":\"hi\"}")
                .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        Callable<Boolean> asker = () -> {
            try (java.net.Socket socket = new java.net.Socket(target.getHost(), target.getPort())) {
                connected.countDown();
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
            if (!connected.await(30, TimeUnit.SECONDS)) {
                go.countDown();
                throw new IllegalStateException(connected.getCount() + " askers could not connect");
            }
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
