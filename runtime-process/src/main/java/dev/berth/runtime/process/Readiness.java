package dev.berth.runtime.process;

import dev.berth.core.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
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
    /** For so long the instance is looked for behind a port that accepts. */
    private static final Duration UNTIL_TAKEN = Duration.ofSeconds(1);

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final int CONNECT_MILLIS = 500;
    private static final List<InetAddress> LOOPBACK =
            List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1"));

    private final Supervisor supervisor;
    private final InstanceProcesses processes;
    private final OtherPorts otherPorts;
    private final int port;

    Readiness(Supervisor supervisor, InstanceProcesses processes, OtherPorts otherPorts, int port) {
        this.supervisor = supervisor;
        this.processes = processes;
        this.otherPorts = otherPorts;
        this.port = port;
    }

    sealed interface Outcome {
        record Ready(Endpoint endpoint) implements Outcome {}

        record Ended() implements Outcome {}

        /** @param listening where it listens instead */
        record TooLate(List<Listener> listening) implements Outcome {}

        /** It listens elsewhere, and has nothing more to do. */
        record Ignored(List<Listener> listening) implements Outcome {}

        /** @param owner who has the port instead */
        record Taken(String owner) implements Outcome {}
    }

    /** @throws dev.berth.core.BerthException if the server itself has not what it needs to look */
    Outcome await(Duration readyWithin) throws InterruptedException {
        long begin = System.nanoTime();
        long nextLook = begin + BETWEEN_LOOKS.toNanos();
        long strangerSince = Long.MAX_VALUE;
        while (supervisor.isAlive()) {
            Duration pause = BETWEEN_TRIES;
            boolean stranger = false;
            for (InetAddress host : LOOPBACK) {
                if (!accepts(host)) {
                    continue;
                }
                if (isAcceptedByInstance(host)) {
                    return new Outcome.Ready(
                            new Endpoint(host.equals(LOOPBACK.getFirst()) ? "127.0.0.1" : "::1", port));
                }
                stranger = stranger || host.equals(LOOPBACK.getFirst());
                pause = BETWEEN_TRIES_AT_ANOTHER_SERVER;
            }
            long now = System.nanoTime();
            strangerSince = stranger ? Math.min(strangerSince, now) : Long.MAX_VALUE;
            if (stranger && now - strangerSince > UNTIL_TAKEN.toNanos()) {
                return new Outcome.Taken(Listener.ownerOf(port).orElse("another program"));
            }
            if (now - begin > readyWithin.toNanos()) {
                return new Outcome.TooLate(processes.listeners());
            }
            if (now > nextLook) {
                nextLook = now + BETWEEN_LOOKS.toNanos();
                List<Listener> ignoring = otherPorts.look();
                if (!ignoring.isEmpty()) {
                    return new Outcome.Ignored(ignoring);
                }
            }
            Thread.sleep(pause);
        }
        return new Outcome.Ended();
    }

    private boolean accepts(InetAddress host) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
            return true;
        } catch (IOException refused) {
            Shortage.in(refused, "the program's port could not be reached", processes.folder())
                    .ifPresent(shortage -> {
                        throw shortage;
                    });
            return false;
        }
    }

    private boolean isAcceptedByInstance(InetAddress host) {
        Set<Long> accepting =
                Listener.reachedBy(host, port).stream().map(Listener::inode).collect(Collectors.toSet());
        OptionalLong program = supervisor.programPid();
        // A program that has ended, and left a server in the background, is not ready: the instance ends with it.
        if (accepting.isEmpty()
                || program.isEmpty()
                || ProcessRow.of(program.getAsLong())
                        .filter(ProcessRow::isAlive)
                        .isEmpty()) {
            return false;
        }
        return ProcessTable.sockets(program.getAsLong()).containsAll(accepting)
                || processes.sockets().containsAll(accepting);
    }
}
