package dev.berth.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.core.InstanceRuntime.Instance;
import dev.berth.core.InstanceRuntime.Request;
import dev.berth.core.InstanceRuntime.Surroundings;
import dev.berth.core.InstanceRuntime.Workplace;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A runtime with real programs; after each test nothing may be left of them. */
abstract class RuntimeFixture {
    static final PortRange PORTS = new PortRange(20000, 29999);

    /** Answers with its environment, its folder and what is in it; writes a file on POST. */
    static final String SERVER = """
            const http = require('http'), fs = require('fs');
            http.createServer((q, s) => {
              if (q.method === 'POST') fs.writeFileSync('written', 'by the instance');
              s.end(JSON.stringify({env: process.env, cwd: process.cwd(), files: fs.readdirSync('.')}));
            }).listen(process.env.PORT);
            """;

    @TempDir
    Path temporary;

    final List<String> log = new CopyOnWriteArrayList<>();
    private final AtomicInteger counter = new AtomicInteger();
    private final HttpClient http = HttpClient.newHttpClient();
    Path instances;
    Path files;
    ProcessRuntime runtime;

    @BeforeEach
    void open() throws IOException {
        instances = temporary.resolve("instances");
        files = Files.createDirectory(temporary.resolve("version"));
        write("server.js", SERVER);
        runtime = new ProcessRuntime(instances, PORTS);
    }

    @AfterEach
    void leavesNothing() throws IOException {
        runtime.close();
        assertThat(foldersIn("running")).isEmpty();
        assertThat(foldersIn("prepared")).isEmpty();
        assertThat(ProcessSnapshot.take().membersOf(instances.toRealPath(), OptionalLong.empty()))
                .isEmpty();
        // Supervisors carry no mark, but have the home folder of their program.
        await().until(() -> ProcessTable.all()
                .noneMatch(pid -> ProcessTable.environment(pid).stream()
                        .anyMatch(variable -> variable.startsWith("HOME=" + instances))));
        http.close();
    }

    List<Path> foldersIn(String part) throws IOException {
        try (Stream<Path> entries = Files.list(instances.resolve(part))) {
            return entries.toList();
        }
    }

    Path write(String name, String content) throws IOException {
        return Files.writeString(files.resolve(name), content);
    }

    Request request(String... command) {
        return new Request(
                "instance-" + counter.incrementAndGet(),
                files,
                List.of(command),
                Map.of(),
                OptionalInt.empty(),
                Duration.ofSeconds(20),
                surroundings(),
                log::add);
    }

    /** Of every request. */
    Surroundings surroundings() {
        return Surroundings.NONE;
    }

    Request seeing(Surroundings surroundings, Request r) {
        return new Request(
                r.instanceId(),
                r.files(),
                r.command(),
                r.variables(),
                r.port(),
                r.readyWithin(),
                surroundings,
                r.log());
    }

    Request of(Path version, Request r) {
        return new Request(
                r.instanceId(),
                version,
                r.command(),
                r.variables(),
                r.port(),
                r.readyWithin(),
                r.surroundings(),
                r.log());
    }

    /** In the files themselves. */
    Request inPlace(Request r) {
        return new Request(
                r.instanceId(),
                r.files(),
                r.command(),
                r.variables(),
                r.port(),
                r.readyWithin(),
                Workplace.IN_PLACE,
                r.surroundings(),
                r.log());
    }

    Request onPort(int port, Request r) {
        return new Request(
                r.instanceId(),
                r.files(),
                r.command(),
                r.variables(),
                OptionalInt.of(port),
                r.readyWithin(),
                r.surroundings(),
                r.log());
    }

    Request within(Duration readyWithin, Request r) {
        return new Request(
                r.instanceId(),
                r.files(),
                r.command(),
                r.variables(),
                r.port(),
                readyWithin,
                r.surroundings(),
                r.log());
    }

    Request with(Map<String, String> variables, Request r) {
        return new Request(
                r.instanceId(),
                r.files(),
                r.command(),
                variables,
                r.port(),
                r.readyWithin(),
                r.surroundings(),
                r.log());
    }

    String get(Instance instance, String path) {
        return send(HttpRequest.newBuilder(uri(instance, path)).build());
    }

    String post(Instance instance, String path) {
        return send(HttpRequest.newBuilder(uri(instance, path))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());
    }

    static boolean isRunning(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException gone) {
            return false;
        }
    }

    private static URI uri(Instance instance, String path) {
        return URI.create("http://" + instance.endpoint() + path);
    }

    private String send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError("no answer from " + request.uri(), e);
        }
    }
}
