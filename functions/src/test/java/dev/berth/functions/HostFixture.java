package dev.berth.functions;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.core.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Hosts as real processes of Node, without a runtime. */
abstract class HostFixture implements HostListener {
    static final long RESULT_LIMIT = 1024 * 1024;
    static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    final HostKey key = HostKey.random();
    final ConcurrentLinkedQueue<HostLog> logs = new ConcurrentLinkedQueue<>();
    final CompletableFuture<String> retired = new CompletableFuture<>();
    final CompletableFuture<String> inspected = new CompletableFuture<>();
    final List<Process> processes = new ArrayList<>();
    final List<AutoCloseable> links = new ArrayList<>();
    HostScript script;

    @BeforeEach
    void install() throws IOException {
        script = HostScript.install(folder.resolve("script"));
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable link : links) {
            link.close();
        }
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
    }

    @Override
    public void log(HostLog log) {
        logs.add(log);
    }

    @Override
    public void retire(String reason) {
        retired.complete(reason);
    }

    @Override
    public void inspecting(String url) {
        inspected.complete(url);
    }

    /** A link with a new host of this {@code index.js}. */
    HostLink linkTo(String code) throws Exception {
        return linkTo(start(code, OptionalInt.empty()), key);
    }

    HostLink linkTo(Endpoint endpoint, HostKey key) throws IOException {
        HostLink link = HostLink.open(endpoint, key, RESULT_LIMIT, PATIENCE, this);
        links.add(link);
        return link;
    }

    Endpoint start(String code, OptionalInt inspect) throws Exception {
        Path function = Files.createDirectories(folder.resolve("function"));
        Files.writeString(function.resolve("index.js"), code);
        var endpoint = new Endpoint("127.0.0.1", freePort());
        var builder = new ProcessBuilder(script.command(List.of(), Optional.empty()))
                .directory(function.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("PORT", String.valueOf(endpoint.port()));
        builder.environment()
                .putAll(new HostScript.Start(key, HostScript.DEFAULT_HANDLER, inspect, Optional.empty()).variables());
        processes.add(builder.start());
        Awaitility.await().atMost(PATIENCE).until(() -> accepts(endpoint));
        return endpoint;
    }

    Process process() {
        return processes.getLast();
    }

    static HostInvocation invocation(String id, Object event) {
        return invocation(id, event, Map.of());
    }

    static HostInvocation invocation(String id, Object event, Map<String, String> variables) {
        return new HostInvocation(
                id, JsonText.of(JSON.valueToTree(event).toString()), JSON.createObjectNode(), variables);
    }

    static <T> T soon(CompletableFuture<T> future) throws Exception {
        return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    List<String> logsOf(String invocation) {
        return logs.stream()
                .filter(log -> log.invocation().equals(Optional.of(invocation)))
                .map(HostLog::text)
                .toList();
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean accepts(Endpoint endpoint) {
        try (var socket = new Socket(endpoint.host(), endpoint.port())) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }
}
