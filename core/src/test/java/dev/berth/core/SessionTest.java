package dev.berth.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("CH-139")
class SessionTest {
    private static final Instant START = Instant.parse("2026-11-20T00:00:00Z");

    @Test
    void endsTwoHoursAfterItsLastUse() {
        assertThat(session(START.plus(Duration.ofHours(5))).endsAt(Session.Lifetime.DEFAULT))
                .isEqualTo(START.plus(Duration.ofHours(7)));
    }

    @Test
    void endsAfterSevenDaysHoweverMuchItIsUsed() {
        assertThat(session(START.plus(Duration.ofDays(7)).minusSeconds(1)).endsAt(Session.Lifetime.DEFAULT))
                .isEqualTo(START.plus(Duration.ofDays(7)));
    }

    private static Session session(Instant lastUsedAt) {
        return new Session("id", new Caller("wx1", "o1", Optional.empty()), START, lastUsedAt);
    }
}
