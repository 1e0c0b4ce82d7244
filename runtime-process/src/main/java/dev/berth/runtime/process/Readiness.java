package dev.berth.runtime.process;

import dev.berth.core.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * HO-35: ready is when the port accepts a connection, and when the socket that accepts it belongs to the instance: another
 * server on the same port is not the instance.
 */
final class Readiness {
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(2);
    private static final Duration BETWEEN_TRIES_AT_ANOTHER_SERVER = Duration.ofMillis(50);
    private static final int CONNECT_MILLIS = 500;
    private static final List<InetAddress> LOOPBACK =
            List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1"));

    private final Supervisor supervisor;
    private final int port;

    Readiness(Supervisor supervisor, int port) {
        this.supervisor = supervisor;
        this.port = port;
    }

    /** @return where the instance listens; empty if it ended, or the time was over */
    Optional<Endpoint> await(Duration readyWithin) throws InterruptedException {
        long deadline = System.nanoTime() + readyWithin.toNanos();
        while (supervisor.isAlive()) {
            Duration pause = BETWEEN_TRIES;
            for (InetAddress host : LOOPBACK) {
                if (!accepts(host)) {
                    continue;
                }
                if (isAcceptedByInstance(host)) {
                    return Optional.of(new Endpoint(host.equals(LOOPBACK.getFirst()) ? "127.0.0.1" : "::1", port));
                }
                pause = BETWEEN_TRIES_AT_ANOTHER_SERVER;
            }
            if (System.nanoTime() - deadline > 0) {
                return Optional.empty();
            }
            Thread.sleep(pause);
        }
        return Optional.empty();
    }

    private boolean accepts(InetAddress host) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    private boolean isAcceptedByInstance(InetAddress host) {
        Set<Long> accepting =
                Listener.reachedBy(host, port).stream().map(Listener::inode).collect(Collectors.toSet());
        OptionalLong program = supervisor.programPid();
        if (accepting.isEmpty() || program.isEmpty()) {
            return false;
        }
        return ProcessTable.sockets(program.getAsLong()).containsAll(accepting)
                || ProcessTable.socketsOfSession(program.getAsLong()).containsAll(accepting);
    }
}
