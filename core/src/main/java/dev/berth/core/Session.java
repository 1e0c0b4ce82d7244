package dev.berth.core;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;

/**
 * A signed-in user of an app (CH-139).
 *
 * @param id random, without its signature
 * @param lastUsedAt to about a minute
 */
public record Session(String id, Caller caller, Instant createdAt, Instant lastUsedAt) {
    public Session {
        requireNonNull(id, "id is null");
        requireNonNull(caller, "caller is null");
        requireNonNull(createdAt, "createdAt is null");
        requireNonNull(lastUsedAt, "lastUsedAt is null");
    }

    /** @return the instant from which the session is over if it is not used before */
    public Instant endsAt(Lifetime lifetime) {
        Instant unused = lastUsedAt.plus(lifetime.unused());
        Instant longest = createdAt.plus(lifetime.longest());
        return unused.isBefore(longest) ? unused : longest;
    }

    /**
     * @param unused a session not used for so long is over
     * @param longest a session is over after so long in any case
     */
    public record Lifetime(Duration unused, Duration longest) {
        /** CH-139. */
        public static final Lifetime DEFAULT = new Lifetime(Duration.ofHours(2), Duration.ofDays(7));
    }
}
