package dev.berth.core;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Port: sessions at rest. No method blocks; the stages complete on the store's threads. */
public interface SessionStore {
    /**
     * @param sessionKey WeChat's key for this user's open data; encrypted at rest
     * @return completes when the session would survive {@code kill -9}
     */
    CompletionStage<Void> add(Session session, String sessionKey);

    CompletionStage<Optional<Session>> find(String id);

    /** WeChat's key for the open data of this session's user; a secret. */
    CompletionStage<Optional<String>> sessionKey(String id);

    /** Ends the session; completes also when there is none. */
    CompletionStage<Void> remove(String id);

    /** Moves {@link Session#lastUsedAt} forward. */
    CompletionStage<Void> touch(Map<String, Instant> lastUsedAt);

    /** Forgets sessions that were over before {@code instant} by the lifetime given. */
    CompletionStage<Integer> removeEndedBefore(Instant instant, Session.Lifetime lifetime);
}
