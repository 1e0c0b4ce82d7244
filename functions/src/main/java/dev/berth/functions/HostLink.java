package dev.berth.functions;

import dev.berth.core.Endpoint;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The connection with one function host, for as long as it lives: a host ends when its connection closes.
 *
 * <p>One virtual thread reads, and runs what is attached to the futures; whoever invokes does not wait for the writing.
 * Safe for use by many threads.
 */
final class HostLink implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final Socket socket;
    private final OutputStream output;
    private final FrameReader frames;
    private final HostListener listener;
    private final ReentrantLock writing = new ReentrantLock();
    private final Map<String, CompletableFuture<HostOutcome>> running = new ConcurrentHashMap<>();
    private final CompletableFuture<HostLoading> loading = new CompletableFuture<>();
    private final CompletableFuture<String> gone = new CompletableFuture<>();
    private final AtomicReference<String> reason = new AtomicReference<>();

    private HostLink(Socket socket, HostListener listener, long resultLimit) throws IOException {
        this.socket = socket;
        this.output = new BufferedOutputStream(socket.getOutputStream(), BUFFER_BYTES);
        this.frames = new FrameReader(socket.getInputStream(), resultLimit);
        this.listener = listener;
    }

    /**
     * Connects and says hello, whereupon the host loads the function.
     *
     * @param resultLimit bytes of JSON text that a result may have (HO-57)
     * @throws IOException if nobody listens there within the time
     */
    static HostLink open(
            Endpoint endpoint, HostKey key, long resultLimit, Duration connectWithin, HostListener listener)
            throws IOException {
        var socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(endpoint.host(), endpoint.port()), (int) connectWithin.toMillis());
            socket.setTcpNoDelay(true);
            var link = new HostLink(socket, listener, resultLimit);
            link.write(HostCommand.hello(key, resultLimit), new byte[0]);
            Thread.ofVirtual().name("function-host-", endpoint.port()).start(link::readUntilGone);
            return link;
        } catch (IOException e) {
            socket.close();
            throw new IOException(
                    "the function host at %s cannot be reached: %s".formatted(endpoint, e.getMessage()), e);
        }
    }

    /** Completes once, never exceptionally; the host sets no limit of time. */
    CompletableFuture<HostLoading> loading() {
        return loading.copy();
    }

    /**
     * Runs the function once. Returns at once; the future never completes exceptionally, and has no limit of time: who
     * does not want to wait any longer closes the link.
     *
     * @throws IllegalArgumentException if an invocation of this id is running
     */
    CompletableFuture<HostOutcome> invoke(HostInvocation invocation) {
        var outcome = new CompletableFuture<HostOutcome>();
        if (running.putIfAbsent(invocation.id(), outcome) != null) {
            throw new IllegalArgumentException("invocation " + invocation.id() + " is running already");
        }
        if (gone.isDone()) {
            finish(invocation.id(), new HostOutcome.Gone(gone.join()));
            return outcome;
        }
        Thread.ofVirtual().name("invoke-" + invocation.id()).start(() -> {
            try {
                write(HostCommand.invoke(invocation), invocation.event().bytes());
            } catch (IOException e) {
                end("the connection with the host broke: " + e.getMessage());
            }
        });
        return outcome;
    }

    /** Completes, never exceptionally, with the reason for people, when the host has closed the connection, or the server has. */
    CompletionStage<String> whenGone() {
        return gone.minimalCompletionStage();
    }

    /** Ends the host: it sees the connection close, unless it is in an endless loop. */
    @Override
    public void close() {
        end("the server closed the connection with the host");
    }

    private void write(byte[] line, byte[] payload) throws IOException {
        writing.lock();
        try {
            output.write(line);
            output.write('\n');
            output.write(payload);
            output.flush();
        } finally {
            writing.unlock();
        }
    }

    private void readUntilGone() {
        try {
            for (Optional<HostFrame> frame = frames.next(); frame.isPresent(); frame = frames.next()) {
                receive(frame.get());
            }
            end("the host's process ended");
        } catch (IOException e) {
            end("the connection with the host broke: " + e.getMessage());
        } finally {
            end("the server failed at what the host said");
            String why = String.valueOf(reason.get());
            gone.complete(why);
            loading.complete(new HostLoading.Gone(why));
            running.keySet().forEach(id -> finish(id, new HostOutcome.Gone(why)));
        }
    }

    private void receive(HostFrame frame) {
        switch (frame) {
            case HostFrame.Loaded loaded -> loading.complete(loaded.loading());
            case HostFrame.Log log -> listener.log(log.log());
            case HostFrame.Ended ended -> finish(ended.id(), ended.outcome());
            case HostFrame.Retire retire -> listener.retire(retire.reason());
            case HostFrame.Inspecting inspecting -> listener.inspecting(inspecting.url());
            case HostFrame.PortTaken(int port) -> loading.complete(new HostLoading.PortTaken(port));
            case HostFrame.Exit exit -> reason.compareAndSet(null, exit.reason());
        }
    }

    private void finish(String id, HostOutcome outcome) {
        CompletableFuture<HostOutcome> waiting = running.remove(id);
        if (waiting != null) {
            waiting.complete(outcome);
        }
    }

    /** The first reason counts. Closing ends the reading, which tells everybody. */
    private void end(String why) {
        reason.compareAndSet(null, why);
        try {
            socket.close();
        } catch (IOException e) {
            System.getLogger(HostLink.class.getName())
                    .log(System.Logger.Level.DEBUG, "closing the connection with a function host failed", e);
        }
    }
}
