package dev.berth.functions;

import dev.berth.core.SecretText;
import dev.berth.logs.Log;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;

/** What one host says: lines go to the log of the function, under the invocation that wrote them or else under the host. */
final class HostVoice implements HostListener {
    /** V8's last words. */
    private static final String OUT_OF_HEAP = "JavaScript heap out of memory";

    private final Log log;
    private final String hostId;
    private final Consumer<String> inspecting;
    private final ConcurrentMap<String, InvocationLines> invocations = new ConcurrentHashMap<>();
    private final CompletableFuture<String> retired = new CompletableFuture<>();
    private volatile boolean outOfHeap;

    /** @param inspecting told where a debugger may connect */
    HostVoice(Log log, String hostId, Consumer<String> inspecting) {
        this.log = log;
        this.hostId = hostId;
        this.inspecting = inspecting;
    }

    void begin(String requestId, InvocationLines its) {
        invocations.put(requestId, its);
    }

    void end(String requestId) {
        invocations.remove(requestId);
    }

    /** A line of the process's own output, past the host script. */
    void output(String line) {
        outOfHeap |= line.contains(OUT_OF_HEAP);
        log.append(hostId, SecretText.masked(line));
    }

    void tell(String line) {
        log.append(hostId, "[berth] " + line);
    }

    /** Whether V8 ended the process because its heap was full. Known when the process has ended. */
    boolean isOutOfHeap() {
        return outOfHeap;
    }

    /** Completes when the host wants no more invocations, with the reason. */
    CompletableFuture<String> retired() {
        return retired;
    }

    @Override
    public void log(HostLog written) {
        Optional<InvocationLines> running = written.invocation().map(invocations::get);
        if (running.isPresent()) {
            running.get().write(written);
        } else {
            String writer = written.invocation().orElse(hostId);
            HostLogs.lines(written).forEach(line -> log.append(writer, line));
        }
    }

    @Override
    public void retire(String reason) {
        retired.complete(reason);
    }

    @Override
    public void inspecting(String url) {
        inspecting.accept(url);
    }
}
