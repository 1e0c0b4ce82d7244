package dev.berth.hosting;

import dev.berth.core.BerthException;
import dev.berth.core.VersionId;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Who has which fixed port. Two programs on one port would answer each other's calls, so the next one waits until the
 * one before has ended: an older version of the same service while it drains, or an instance while it stops.
 */
final class FixedPorts {
    private final ConcurrentMap<Integer, Turn> turns = new ConcurrentHashMap<>();

    /** The use of a port by one instance, from before its start until after its end. */
    final class Turn {
        private final int port;
        private final VersionId version;
        private final CompletableFuture<Void> over = new CompletableFuture<>();

        private Turn(int port, VersionId version) {
            this.port = port;
            this.version = version;
        }

        void end() {
            turns.remove(port, this);
            over.complete(null);
        }
    }

    /** @throws BerthException {@code PORT_TAKEN} by another service, or for longer than {@code within} */
    Turn take(int port, VersionId version, Duration within) {
        Turn mine = new Turn(port, version);
        long deadline = System.nanoTime() + within.toNanos();
        for (Turn other = turns.putIfAbsent(port, mine); other != null; other = turns.putIfAbsent(port, mine)) {
            boolean sameService = other.version.service().equals(version.service())
                    && other.version.environmentId().equals(version.environmentId());
            if (!sameService || !isOverBefore(deadline, other)) {
                throw Refused.because(
                        "PORT_TAKEN",
                        "port: %d (expected: one that no other instance uses; %s has it)"
                                .formatted(port, other.version),
                        "Deploy with another --port, or without one if the program reads PORT.");
            }
        }
        return mine;
    }

    private static boolean isOverBefore(long deadline, Turn turn) {
        try {
            turn.over.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
