package dev.berth.server;

import dev.berth.core.Session;
import dev.berth.core.SessionStore;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Counts the failures of the store, by operation. */
final class CountedSessions implements SessionStore {
    private final SessionStore sessions;
    private final Counters failures;

    CountedSessions(SessionStore sessions, Counters failures) {
        this.sessions = sessions;
        this.failures = failures;
    }

    @Override
    public CompletionStage<Void> add(Session session, String sessionKey) {
        return counted("add", sessions.add(session, sessionKey));
    }

    @Override
    public CompletionStage<Optional<Session>> find(String id) {
        return counted("find", sessions.find(id));
    }

    @Override
    public CompletionStage<Optional<String>> sessionKey(String id) {
        return counted("session_key", sessions.sessionKey(id));
    }

    @Override
    public CompletionStage<Void> remove(String id) {
        return counted("remove", sessions.remove(id));
    }

    @Override
    public CompletionStage<Void> touch(Map<String, Instant> lastUsedAt) {
        return counted("touch", sessions.touch(lastUsedAt));
    }

    @Override
    public CompletionStage<Integer> removeEndedBefore(Instant instant, Session.Lifetime lifetime) {
        return counted("remove_ended", sessions.removeEndedBefore(instant, lifetime));
    }

    private <T> CompletionStage<T> counted(String operation, CompletionStage<T> stage) {
        return stage.whenComplete((value, failure) -> {
            if (failure != null) {
                failures.increment(operation);
            }
        });
    }
}
