package dev.berth.gateway;

import dev.berth.core.BerthException;
import dev.berth.core.Problem;
import dev.berth.core.Session;
import dev.berth.core.SessionStore;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Sessions in memory; completes on threads of its own, as a database does. */
final class MemorySessions implements SessionStore {
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private final Map<String, String> keys = new ConcurrentHashMap<>();
    volatile boolean broken;

    @Override
    public CompletionStage<Void> add(Session session, String sessionKey) {
        return later(() -> {
            sessions.put(session.id(), session);
            keys.put(session.id(), sessionKey);
            return null;
        });
    }

    @Override
    public CompletionStage<Optional<Session>> find(String id) {
        return later(() -> Optional.ofNullable(sessions.get(id)));
    }

    @Override
    public CompletionStage<Optional<String>> sessionKey(String id) {
        return later(() -> Optional.ofNullable(keys.get(id)));
    }

    @Override
    public CompletionStage<Void> remove(String id) {
        return later(() -> {
            sessions.remove(id);
            keys.remove(id);
            return null;
        });
    }

    @Override
    public CompletionStage<Void> touch(Map<String, Instant> lastUsedAt) {
        return later(() -> null);
    }

    @Override
    public CompletionStage<Integer> removeEndedBefore(Instant instant, Session.Lifetime lifetime) {
        return later(() -> 0);
    }

    String keyOf(String token) {
        return String.valueOf(keys.get(token.substring(0, token.indexOf('.'))));
    }

    @SuppressWarnings("NullAway") // a Void has no other value
    private <T> CompletionStage<T> later(Supplier<T> work) {
        return CompletableFuture.supplyAsync(() -> {
            if (broken) {
                throw new BerthException(
                        new Problem("DISK_FULL", "store", "/var/lib/berth is full", "Free some space."));
            }
            return work.get();
        });
    }
}
