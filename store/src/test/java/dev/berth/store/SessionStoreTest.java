package dev.berth.store;

import static dev.berth.store.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.Caller;
import dev.berth.core.Session;
import dev.berth.core.Session.Lifetime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("CH-139")
class SessionStoreTest {
    @TempDir
    Path folder;

    private Store store;

    @BeforeEach
    void open() {
        store = Samples.open(folder);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void sessionIsThereAfterReopening() {
        Session plain = new Session("b", new Caller("wx1111", "o", Optional.empty()), NOW, NOW.plusSeconds(1));
        add(Samples.session("a"));
        add(plain);

        store.close();
        open();

        assertThat(find("a")).contains(Samples.session("a"));
        assertThat(find("b")).contains(plain);
        assertThat(find("c")).isEmpty();
    }

    @Test
    void removedSessionIsGone() {
        add(Samples.session("a"));
        await(store.sessions().remove("a"));
        await(store.sessions().remove("a"));
        assertThat(find("a")).isEmpty();
    }

    @Test
    void touchOnlyMovesForward() {
        add(Samples.session("a"));
        add(Samples.session("b"));

        await(store.sessions().touch(Map.of("a", NOW.plusSeconds(60), "b", NOW.minusSeconds(60), "none", NOW)));
        await(store.sessions().touch(Map.of()));

        assertThat(find("a")).contains(Samples.session("a", NOW, NOW.plusSeconds(60)));
        assertThat(find("b")).contains(Samples.session("b"));
    }

    @Test
    void sessionThatIsOverStaysUntilItIsRemoved() {
        Duration unused = Lifetime.DEFAULT.unused();
        Duration longest = Lifetime.DEFAULT.longest();
        add(Samples.session("unused", NOW, NOW));
        add(Samples.session("used", NOW, NOW.plusNanos(1)));
        add(Samples.session("old", NOW.plus(unused).minus(longest).minusNanos(1), NOW.plus(unused)));
        add(Samples.session("ageing", NOW.plus(unused).minus(longest), NOW.plus(unused)));

        assertThat(removeEnded(NOW.plus(unused))).isEqualTo(1);
        assertThat(find("old")).isEmpty();
        assertThat(find("unused")).isPresent();

        assertThat(removeEnded(NOW.plus(unused).plusNanos(1))).isEqualTo(2);
        assertThat(find("unused")).isEmpty();
        assertThat(find("ageing")).isEmpty();
        assertThat(find("used")).isPresent();
    }

    @Test
    void cleaningUpManySessionsCountsAllOfThem() {
        int many = SqlSessions.REMOVED_AT_ONCE + 10;
        store.database().writer().call(handle -> handle.execute("""
                WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
                INSERT INTO session SELECT 's' || i, 'wx', 'o', NULL, 'k', 0, 0 FROM n
                """, many));
        assertThat(removeEnded(NOW)).isEqualTo(many);
    }

    @Test
    void closedStoreFailsTheStage() {
        store.close();
        Refused.with("STORE_CLOSED", () -> store.signingKey("sessions"));
        assertThat(store.sessions().find("a").toCompletableFuture()).isCompletedExceptionally();
    }

    private void add(Session session) {
        await(store.sessions().add(session, "session-key"));
    }

    private Optional<Session> find(String id) {
        return await(store.sessions().find(id));
    }

    private int removeEnded(Instant instant) {
        return await(store.sessions().removeEndedBefore(instant, Lifetime.DEFAULT));
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }
}
