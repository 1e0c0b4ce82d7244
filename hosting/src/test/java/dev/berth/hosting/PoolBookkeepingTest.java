package dev.berth.hosting;

import static dev.berth.hosting.Calls.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.core.Activator.Lease;
import dev.berth.core.Event;
import dev.berth.core.Launch;
import dev.berth.core.Scale;
import dev.berth.core.Settings;
import dev.berth.core.Version;
import dev.berth.hosting.Calls.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is remembered of versions, and many of them at once. */
@Timeout(60)
class PoolBookkeepingTest {
    private static final Settings SETTINGS = new Settings(Map.of(), Duration.ofMinutes(30), new Scale(0, 1));
    private static final Launch LAUNCH = new Launch(List.of("run"), Map.of(), OptionalInt.empty(), "test");

    @TempDir
    Path data;

    private ActivatorRoom room;

    @BeforeEach
    void open() throws IOException {
        room = new ActivatorRoom(data);
    }

    @AfterEach
    void close() {
        room.close();
    }

    private Version version(String service, int number) throws IOException {
        return room.version(service, number, LAUNCH, SETTINGS);
    }

    private void release(Version version) {
        room.activator.releaseMoved(version.id().environmentId(), version.id().service(), () -> List.of(version));
    }

    @Test
    void tenThousandDeploymentsLeaveOneVersionBehind() throws Exception {
        Version version = version("demo", 1);
        for (int number = 1; number <= 10_000; number++) {
            if (number % 20 == 0) {
                version = version("demo", number);
                call(room.activator, version).lease().end();
            } else {
                version = new Version(
                        new dev.berth.core.VersionId("prod-01", "demo", number),
                        "digest",
                        LAUNCH,
                        SETTINGS,
                        version.createdAt());
            }
            release(version);
        }
        assertThat(room.runtime.started).hasSize(500);
        await().until(() -> room.runtime.running.size() == 1);
        await().until(() -> room.activator.size() == 1);
        assertThat(room.activator.instances("prod-01", "demo")).hasSize(1);
    }

    @Test
    void aForgottenVersionServesAgainWhenItIsCalled() throws Exception {
        Version one = version("demo", 1);
        call(room.activator, one).lease().end();
        release(version("demo", 2));
        await().until(() -> room.activator.size() == 0);
        assertThat(call(room.activator, one).lease().cold()).isTrue();
    }

    @Test
    @Tag("HO-31")
    void twoHundredServicesWokenAtOnceStartOnceEach() throws Exception {
        AtomicInteger working = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        room.runtime.beforeStart = _ -> {
            most.accumulateAndGet(working.incrementAndGet(), Math::max);
            try {
                Thread.sleep(5);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            } finally {
                working.decrementAndGet();
            }
        };
        List<Answer> answers = new ArrayList<>();
        for (int service = 1; service <= 200; service++) {
            Version version = version("demo-" + service, 1);
            answers.add(call(room.activator, version));
            answers.add(call(room.activator, version));
        }
        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.lease().cold()).isTrue());
        assertThat(room.runtime.started).hasSize(200);
        assertThat(most.get())
                .isLessThanOrEqualTo(Math.max(4, 2 * Runtime.getRuntime().availableProcessors()));
    }

    @Test
    void everyEndHasItsReason() throws Exception {
        Version one = version("demo", 1);
        Version two = version("demo", 2);
        Lease held = call(room.activator, one).lease();
        release(two);
        held.end();
        call(room.activator, two).lease().end();
        await().until(() -> room.runtime.running.size() == 1);
        room.activator.remove("prod-01", "demo", Duration.ZERO);
        call(room.activator, version("other", 1)).lease().end();
        room.activator.close();

        assertThat(room.reasons(Event.Kind.INSTANCE_STOPPING))
                .containsExactly(
                        "superseded by demo-002; it finishes the call it has",
                        "the service is removed",
                        "the server stops");
        assertThat(room.reasons(Event.Kind.INSTANCE_STARTED)).allMatch(reason -> reason.startsWith("from zero; ready"));
        assertThat(room.reasons(Event.Kind.INSTANCE_STOPPED))
                .containsOnly("exit code 143")
                .hasSize(3);
    }

    @Test
    void withoutAnyTrafficEverythingGoes() throws Exception {
        call(room.activator, version("demo", 1)).lease().end();
        room.activator.releaseMoved("prod-01", "demo", List::of);
        await().until(() -> room.activator.size() == 0);
        assertThat(room.reasons(Event.Kind.INSTANCE_STOPPING)).containsExactly("no version has traffic");
    }
}
