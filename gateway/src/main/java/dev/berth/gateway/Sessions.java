package dev.berth.gateway;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.berth.core.Caller;
import dev.berth.core.Session;
import dev.berth.core.SessionStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sessions as callers carry them: a random id with a signature. The state lives in the store; what was verified is
 * cached for a minute, so a sign-out on another node holds within that. Thread-safe, never blocks. CH-139.
 */
public final class Sessions {
    private static final Duration CACHED_FOR = Duration.ofMinutes(1);
    private static final int CACHED_AT_MOST = 100_000;
    private static final int ID_BYTES = 18;

    private final SecureRandom random = new SecureRandom();
    private final SessionStore store;
    private final SessionSignature signature;
    private final InstantSource clock;
    private final Session.Lifetime lifetime;
    private final Vertx vertx;
    private final long flushTimer;
    private final Cache<String, Session> verified = Caffeine.newBuilder()
            .maximumSize(CACHED_AT_MOST)
            .expireAfterWrite(CACHED_FOR)
            .build();
    private final Map<String, Instant> used = new ConcurrentHashMap<>();

    sealed interface Verdict {}

    record Valid(Caller caller) implements Verdict {}

    sealed interface Unproven extends Verdict {}

    /** Never issued by this platform. */
    record Forged() implements Unproven {}

    /** Issued, but over: not used, too old, or signed out. */
    record Over() implements Unproven {}

    Sessions(Vertx vertx, Collaborators ports, Session.Lifetime lifetime) {
        this.vertx = vertx;
        this.store = ports.sessions();
        this.signature = new SessionSignature(ports.sessionSigningKey());
        this.clock = ports.clock();
        this.lifetime = lifetime;
        this.flushTimer = vertx.setPeriodic(CACHED_FOR.toMillis(), ignored -> {
            flush();
            forgetEnded();
        });
    }

    /** How long a session lives without use. */
    public Duration unusedLifetime() {
        return lifetime.unused();
    }

    /**
     * Signs a user in.
     *
     * @return the token, once the session would survive {@code kill -9}
     */
    public Future<String> open(Caller caller, String sessionKey) {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        String id = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Instant now = clock.instant();
        return Future.fromCompletionStage(
                        store.add(new Session(id, caller, now, now), sessionKey), vertx.getOrCreateContext())
                .map(done -> signature.sign(id));
    }

    /** The caller, if this token was verified a short while ago. */
    Optional<Caller> cached(String token) {
        Session session = verified.getIfPresent(token);
        if (session == null) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        if (!now.isBefore(session.endsAt(lifetime))) {
            return Optional.empty();
        }
        used.put(session.id(), now);
        return Optional.of(session.caller());
    }

    Future<Verdict> verify(String token) {
        Optional<String> id = signature.idOf(token);
        if (id.isEmpty()) {
            return Future.succeededFuture(new Forged());
        }
        return Future.fromCompletionStage(store.find(id.get())).map(found -> judge(token, found));
    }

    /** WeChat's key for the open data of this session's user, a secret; empty once the session is no more. */
    Future<Optional<String>> sessionKey(String token) {
        return signature
                .idOf(token)
                .map(id -> Future.fromCompletionStage(store.sessionKey(id)))
                .orElseGet(() -> Future.succeededFuture(Optional.empty()));
    }

    private Verdict judge(String token, Optional<Session> found) {
        Instant now = clock.instant();
        Optional<Session> open =
                found.map(this::withRecentUse).filter(session -> now.isBefore(session.endsAt(lifetime)));
        if (open.isEmpty()) {
            return new Over();
        }
        Session stored = open.get();
        Session session = new Session(stored.id(), stored.caller(), stored.createdAt(), now);
        verified.put(token, session);
        used.put(session.id(), now);
        return new Valid(session.caller());
    }

    private Session withRecentUse(Session session) {
        Instant recent = used.getOrDefault(session.id(), session.lastUsedAt());
        return recent.isAfter(session.lastUsedAt())
                ? new Session(session.id(), session.caller(), session.createdAt(), recent)
                : session;
    }

    /** Signs out; tells also whether the token was one of ours. */
    Future<Boolean> close(String token) {
        verified.invalidate(token);
        Optional<String> id = signature.idOf(token);
        if (id.isEmpty()) {
            return Future.succeededFuture(false);
        }
        used.remove(id.get());
        return Future.fromCompletionStage(store.remove(id.get()), vertx.getOrCreateContext())
                .map(done -> {
                    verified.invalidate(token);
                    return true;
                });
    }

    Future<Void> close() {
        vertx.cancelTimer(flushTimer);
        return flush();
    }

    private Future<Void> flush() {
        Map<String, Instant> uses = Map.copyOf(used);
        if (uses.isEmpty()) {
            return Future.succeededFuture();
        }
        return Future.fromCompletionStage(store.touch(uses)).onSuccess(done -> uses.forEach(used::remove));
    }

    private void forgetEnded() {
        // Kept for a while after their end, so that they are told as expired rather than as forged.
        store.removeEndedBefore(clock.instant().minus(lifetime.longest()), lifetime);
    }
}
