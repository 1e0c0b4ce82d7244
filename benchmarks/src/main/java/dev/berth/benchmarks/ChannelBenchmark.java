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
    private static final int BODY_BYTES = 100 * 1024;

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
        ProxyRace.run(
                "channel",
                new ProxyRace.Runner(nginx.cpu(), heats(nginx.url(), headers)),
                new ProxyRace.Runner(berth.cpu(), heats(berth.url(), headers)));
    }

    /** A refused request is answered by the proxy itself: by Berth because the session is missing, by nginx because of the path. */
    private static List<ProxyRace.Heat> heats(String url, Map<String, String> headers) {
        Map<String, String> withoutSession = new HashMap<>(headers);
        withoutSession.remove("X-Berth-Session"); // CH-83; the status is 200, CH-70
        return List.of(
                new ProxyRace.Heat("50 bytes", new Wrk.Load(url, headers, 0)),
                new ProxyRace.Heat("a 100 KiB answer", new Wrk.Load(url + "big", headers, 0)),
                new ProxyRace.Heat("a 100 KiB request", new Wrk.Load(url, headers, BODY_BYTES)),
                new ProxyRace.Heat("refused", new Wrk.Load(url + "refused", withoutSession, 0)));
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
