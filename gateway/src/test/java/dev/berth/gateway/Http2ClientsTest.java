package dev.berth.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** HTTP/2 clients that Berth did not write; what is missing is named by {@code ./berth test}. */
class Http2ClientsTest {
    /** 20 calls at once with a body each, one of them reset; prints what came. */
    private static final String NODE = """
            const http2 = require('node:http2');
            const [url, ...headers] = process.argv.slice(1);
            const common = Object.fromEntries(headers.map(h => [h.slice(0, h.indexOf(': ')), h.slice(h.indexOf(': ') + 2)]));
            const client = http2.connect(url);
            const call = i => new Promise((done, failed) => {
              const stream = client.request({':method': 'POST', ':path': '/' + i, 'content-type': 'application/octet-stream', ...common});
              let status, text = '';
              stream.on('response', h => { status = h[':status']; });
              stream.on('data', d => { text += d; });
              stream.on('end', () => done(status + text));
              stream.on('error', failed);
              stream.end(Buffer.alloc(200000, 97));
            });
            const gone = client.request({':path': '/gone', ...common});
            gone.on('error', () => {});
            gone.close(http2.constants.NGHTTP2_CANCEL);
            Promise.all([...Array(20).keys()].map(call))
              .then(all => { console.log([...new Set(all)].join()); client.close(); })
              .catch(e => { console.log(String(e)); process.exit(1); });
            """;

    @RegisterExtension
    static final GatewayFixture gateway = new GatewayFixture();

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static String url() {
        return "http://127.0.0.1:" + gateway.port();
    }

    private static List<String> headers(String option) {
        List<String> arguments = new ArrayList<>();
        String[] pairs = gateway.http2("GET", "/");
        for (int i = 0; i < pairs.length; i += 2) {
            if (!pairs[i].startsWith(":")) {
                arguments.addAll(option.isEmpty() ? List.of() : List.of(option));
                arguments.add(pairs[i] + ": " + pairs[i + 1]);
            }
        }
        return arguments;
    }

    private static String run(List<String> command, List<String> more) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Stream.concat(command.stream(), more.stream()).toList())
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return printed.strip();
    }

    @Test
    @Tag("CH-141")
    void node() throws Exception {
        assumeTrue(isInstalled("node"), "no node");
        assertThat(run(List.of("node", "-e", NODE, url()), headers(""))).isEqualTo("200ok");
    }

    @Test
    @Tag("CH-141")
    void curl() throws Exception {
        assumeTrue(isInstalled("curl"), "no curl");
        List<String> curl = List.of("curl", "-sS", "--http2-prior-knowledge", "-w", " %{http_code} %{http_version}");
        assertThat(run(
                        curl,
                        Stream.concat(headers("-H").stream(), Stream.of(url() + "/"))
                                .toList()))
                .isEqualTo("ok 200 2");
    }

    @Test
    @Tag("CH-141")
    @Tag("CH-33")
    void curlWithTwentyMebibytesUpAndTheMostDown(@TempDir Path folder) throws Exception {
        assumeTrue(isInstalled("curl"), "no curl");
        byte[] body = new byte[20 * 1024 * 1024];
        new Random(1).nextBytes(body);
        Files.write(folder.resolve("up"), body);
        gateway.service().script(request -> {
            gateway.service().remember(request);
            request.answer("HTTP/1.1 200 OK\r\nContent-Length: 1024000\r\n\r\n" + "a".repeat(1_024_000));
        });
        List<String> curl = List.of(
                "curl",
                "-sS",
                "--http2-prior-knowledge",
                "-w",
                "%{size_download} %{http_version}",
                "-o",
                folder.resolve("down").toString(),
                "-H",
                "content-type: image/png",
                "--data-binary",
                "@" + folder.resolve("up"));
        assertThat(run(
                        curl,
                        Stream.concat(headers("-H").stream(), Stream.of(url() + "/"))
                                .toList()))
                .isEqualTo("1024000 2");
        assertThat(gateway.service().next().body()).isEqualTo(body);
    }

    @Test
    @Tag("CH-141")
    void h2load() throws Exception {
        assumeTrue(isInstalled("h2load"), "no h2load");
        List<String> load = List.of("h2load", "-n", "2000", "-c", "10", "-m", "20");
        assertThat(run(
                        load,
                        Stream.concat(headers("-H").stream(), Stream.of(url() + "/"))
                                .toList()))
                .contains("2000 succeeded, 0 failed, 0 errored, 0 timeout");
    }

    /** It asks for an upgrade with its first request, and takes an answer in HTTP/1.1 for an answer. */
    @Test
    @Tag("CH-141")
    void theClientOfTheJdk() throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url() + "/"));
            headers("").forEach(line -> request.header(line.split(": ", 2)[0], line.split(": ", 2)[1]));
            HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.body()).isEqualTo("ok");
            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
        }
    }
}
