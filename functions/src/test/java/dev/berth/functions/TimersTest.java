package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.berth.core.BerthException;
import dev.berth.core.FunctionError;
import dev.berth.core.FunctionId;
import dev.berth.core.FunctionInvoker.Failed;
import dev.berth.core.FunctionInvoker.Outcome;
import dev.berth.core.FunctionInvoker.Returned;
import dev.berth.core.Origin;
import dev.berth.core.Trigger;
import dev.berth.functions.TriggerStatus.Run;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class TimersTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final FunctionId REPORT = new FunctionId("prod-01", "report");
    private static final FunctionId CLEAN = new FunctionId("prod-01", "clean");

    private final ClockDouble clock = new ClockDouble(START);
    private final DirectoryDouble directory = new DirectoryDouble();
    private final ClaimsDouble claims = new ClaimsDouble();
    private final InvokerDouble invoker = new InvokerDouble();
    private final Timers timers = timers();

    @AfterEach
    void stop() {
        timers.close();
    }

    @Test
    @Tag("HO-64")
    @Tag("AD-77")
    void aTickInvokesTheFunctionAsTheTimerOfWeChatDoes() {
        directory.put(REPORT, new Trigger("EveryDay", "0 49 11 * * * *"));
        look();
        clock.set("2026-01-01T03:49:00.250Z"); // 11:49 in UTC+8
        look();

        assertThat(invoker.asked()).singleElement().satisfies(asked -> {
            assertThat(asked.function()).isEqualTo(REPORT);
            assertThat(asked.event())
                    .isEqualTo(
                            "{\"Type\":\"Timer\",\"TriggerName\":\"EveryDay\",\"Time\":\"2026-01-01T03:49:00Z\",\"Message\":\"\"}");
            assertThat(asked.origin()).isEqualTo(Origin.timer());
            assertThat(asked.withLog()).isFalse();
        });
    }

    @Test
    void noTickRunsTwice() {
        directory.put(REPORT, new Trigger("t", "*/5 * * * * * *"));
        for (int second = 0; second <= 20; second++) {
            look();
            look();
            clock.advance(Duration.ofMillis(999));
        }
        assertThat(invoker.times())
                .containsExactly(
                        "2026-01-01T00:00:05Z", "2026-01-01T00:00:10Z", "2026-01-01T00:00:15Z"); // 19.98 s later
    }

    @Test
    @Tag("HO-64")
    void twoNodesRunEachTickOnce() {
        directory.put(REPORT, new Trigger("t", "* * * * * * *"));
        directory.put(CLEAN, new Trigger("t", "*/2 * * * * * *"));
        try (Timers other = timers()) {
            for (int second = 0; second <= 10; second++) {
                timers.round();
                other.round();
                timers.claims().join();
                other.claims().join();
                clock.advance(Duration.ofSeconds(1));
            }
        }
        assertThat(invoker.asked().stream().filter(asked -> asked.function().equals(REPORT)))
                .hasSize(10);
        assertThat(invoker.asked().stream().filter(asked -> asked.function().equals(CLEAN)))
                .hasSize(5);
        assertThat(claims.refused()).isEqualTo(15);
    }

    @Test
    @Tag("HO-64")
    void aRestartNeitherRepeatsATickNorMakesUpForOne() {
        directory.put(REPORT, new Trigger("t", "*/5 * * * * * *"));
        look();
        clock.advance(Duration.ofSeconds(5));
        look();
        clock.advance(Duration.ofSeconds(17)); // two ticks pass, and the third before anybody looked
        try (Timers restarted = timers()) {
            restarted.round();
            restarted.claims().join();
            assertThat(invoker.times()).containsExactly("2026-01-01T00:00:05Z");
            clock.advance(Duration.ofSeconds(3));
            restarted.round();
            restarted.claims().join();
        }
        assertThat(invoker.times()).containsExactly("2026-01-01T00:00:05Z", "2026-01-01T00:00:25Z");
    }

    @Test
    @Tag("HO-64")
    void aClockThatJumpsForwardMakesNoBacklogAndLosesNoLaterTick() {
        directory.put(REPORT, new Trigger("t", "*/5 * * * * * *"));
        look();
        clock.set("2026-01-01T06:00:03Z");
        look();
        assertThat(invoker.asked()).isEmpty();
        clock.set("2026-01-01T06:00:05Z");
        look();
        assertThat(invoker.times()).containsExactly("2026-01-01T06:00:05Z");
    }

    @Test
    void aJumpRightOntoATickRunsThatTick() {
        directory.put(REPORT, new Trigger("t", "*/5 * * * * * *"));
        look();
        clock.set("2026-01-01T06:00:00Z");
        look();
        assertThat(invoker.times()).containsExactly("2026-01-01T06:00:00Z");
    }

    @Test
    void aShortDelayLosesNoTick() {
        clock.set("2026-01-01T00:00:00.300Z");
        directory.put(REPORT, new Trigger("t", "* * * * * * *"));
        look();
        clock.advance(Duration.ofMillis(3_400));
        look();
        assertThat(invoker.times())
                .containsExactly("2026-01-01T00:00:01Z", "2026-01-01T00:00:02Z", "2026-01-01T00:00:03Z");
    }

    @Test
    void aClockThatIsSetBackRunsWhatItHadJumpedOverAndNothingTwice() {
        directory.put(REPORT, new Trigger("t", "0 0 * * * * *"));
        look();
        clock.set("2026-01-01T01:00:00Z");
        look();
        clock.set("2026-01-01T05:30:00Z"); // wrong: 02:00 to 05:00 are missed
        look();
        clock.set("2026-01-01T00:59:59Z"); // corrected
        look();
        clock.set("2026-01-01T01:00:00Z"); // ran already
        look();
        clock.set("2026-01-01T02:00:00Z");
        look();
        assertThat(invoker.times()).containsExactly("2026-01-01T01:00:00Z", "2026-01-01T02:00:00Z");
        assertThat(claims.refused()).isEqualTo(1);
    }

    @Test
    @Tag("HO-64")
    void aTickClaimedByAClockThatWasWrongKeepsNoLaterOneFromRunning() {
        directory.put(REPORT, new Trigger("t", "0 0 * * * * *"));
        look();
        clock.set("2026-01-03T01:00:00Z"); // wrong
        look();
        clock.set("2026-01-01T00:59:59Z"); // corrected
        look();
        clock.set("2026-01-01T01:00:00Z");
        look();
        assertThat(invoker.times()).containsExactly("2026-01-03T01:00:00Z", "2026-01-01T01:00:00Z");
        clock.set("2026-01-03T00:59:55Z");
        look();
        clock.set("2026-01-03T01:00:00Z");
        look();
        assertThat(invoker.times()).last().isEqualTo("2026-01-03T01:00:00Z");
    }

    @Test
    @Tag("HO-64")
    void aTickClaimedByANodeWhoseClockIsALittleFastRunsOnce() {
        directory.put(REPORT, new Trigger("t", "*/5 * * * * * *"));
        ClockDouble fast = new ClockDouble(START.plus(FutureClaims.TOLERANCE));
        try (Timers other = new Timers(directory, claims, invoker, fast, Cron.DEFAULT_ZONE)) {
            for (int second = 0; second < 130; second++) {
                other.round();
                other.claims().join();
                look();
                clock.advance(Duration.ofSeconds(1));
                fast.advance(Duration.ofSeconds(1));
            }
        }
        assertThat(invoker.times()).hasSize(25).doesNotHaveDuplicates();
    }

    @Test
    void aLookForClaimsOfTheFutureThatFailsLosesNoTick() {
        claims.failToLook();
        directory.put(REPORT, new Trigger("t", "* * * * * * *"));
        look();
        clock.advance(Duration.ofSeconds(1));
        look();
        assertThat(invoker.times()).containsExactly("2026-01-01T00:00:01Z");
    }

    @Test
    void claimsForTheFutureAreLookedForAtTheStartAndOnceAMinute() {
        for (int second = 0; second < 200; second++) {
            look();
            clock.advance(Duration.ofSeconds(1));
        }
        timers.close();
        assertThat(claims.looks()).isEqualTo(4);
    }

    @Test
    void whatIsDeployedChangedOrRemovedHoldsAtTheNextLook() {
        look();
        directory.put(REPORT, new Trigger("t", "*/5 * * * * * *"));
        look();
        assertThat(next(REPORT)).contains(START.plusSeconds(5));
        directory.put(REPORT, new Trigger("t", "*/7 * * * * * *"));
        look();
        assertThat(next(REPORT)).contains(START.plusSeconds(7));
        clock.advance(Duration.ofSeconds(5));
        look();
        assertThat(invoker.asked()).isEmpty();
        directory.remove(REPORT);
        clock.advance(Duration.ofSeconds(2));
        look();
        assertThat(invoker.asked()).isEmpty();
        assertThat(timers.list("prod-01")).isEmpty();
    }

    @Test
    void aDeploymentThatKeepsTheTriggerLosesNoTick() {
        directory.put(REPORT, new Trigger("t", "*/5 * * * * * *"));
        look();
        clock.advance(Duration.ofSeconds(6));
        directory.put(REPORT, new Trigger("t", "*/5 * * * * * *"));
        look();
        assertThat(invoker.times()).containsExactly("2026-01-01T00:00:05Z");
    }

    @Test
    @Tag("HO-64")
    void runsMayOverlap() {
        directory.put(REPORT, new Trigger("t", "* * * * * * *"));
        look();
        for (int second = 0; second < 3; second++) {
            clock.advance(Duration.ofSeconds(1));
            look();
        }
        assertThat(invoker.running()).isEqualTo(3);
    }

    @Test
    void aSlowClaimHoldsUpNeitherTheSchedulerNorOtherTriggersNorTheOrder() throws Exception {
        directory.put(REPORT, new Trigger("t", "* * * * * * *"));
        directory.put(CLEAN, new Trigger("t", "*/2 * * * * * *"));
        look();
        CountDownLatch stuck = claims.hold(REPORT);
        for (int second = 0; second < 4; second++) {
            clock.advance(Duration.ofSeconds(1));
            timers.round();
        }
        assertThat(invoker.await(2)).allMatch(asked -> asked.function().equals(CLEAN));
        stuck.countDown();
        timers.claims().join();
        assertThat(invoker.asked().stream().filter(asked -> asked.function().equals(REPORT)))
                .hasSize(4);
        assertThat(claims.refused()).isZero();
    }

    @Test
    void aClaimThatTookTooLongMakesNoBacklogEither() {
        directory.put(REPORT, new Trigger("t", "* * * * * * *"));
        look();
        CountDownLatch stuck = claims.hold(REPORT);
        for (int second = 0; second < 30; second++) {
            clock.advance(Duration.ofSeconds(1));
            timers.round();
            claims.awaitHeld();
        }
        stuck.countDown();
        timers.claims().join();
        assertThat(invoker.times())
                .startsWith("2026-01-01T00:00:01Z", "2026-01-01T00:00:20Z")
                .endsWith("2026-01-01T00:00:30Z")
                .hasSize(12);
    }

    @Test
    void aClaimThatFailsLosesItsTickOnly() {
        directory.put(REPORT, new Trigger("t", "* * * * * * *"));
        look();
        claims.failOnce();
        clock.advance(Duration.ofSeconds(1));
        look();
        clock.advance(Duration.ofSeconds(1));
        look();
        assertThat(invoker.times()).containsExactly("2026-01-01T00:00:02Z");
    }

    @Test
    void anExpressionThatCannotBeReadIsToldAndDoesNotHarmOthers() {
        directory.put(REPORT, new Trigger("t", "0 0 2 * * *"));
        directory.put(CLEAN, new Trigger("t", "* * * * * * *"));
        look();
        clock.advance(Duration.ofSeconds(1));
        look();
        assertThat(invoker.asked()).hasSize(1);
        TriggerStatus wrong = status(REPORT);
        assertThat(wrong.next()).isEmpty();
        assertThat(wrong.problem().orElseThrow().message()).contains("6 fields");
    }

    @Test
    void tellsHowTriggersStand() {
        directory.put(REPORT, new Trigger("t", "*/5 * * * * * *"));
        directory.put(CLEAN, new Trigger("past", "0 0 0 1 1 * 2020"));
        look();
        clock.advance(Duration.ofSeconds(5));
        look();

        assertThat(timers.list("prod-01"))
                .extracting(status -> status.function().name())
                .containsExactly("clean", "report");
        assertThat(timers.list("elsewhere")).isEmpty();
        assertThat(status(CLEAN).next()).isEmpty();
        assertThat(status(REPORT))
                .isEqualTo(new TriggerStatus(
                        REPORT,
                        new Trigger("t", "*/5 * * * * * *"),
                        Cron.DEFAULT_ZONE,
                        Optional.of(START.plusSeconds(10)),
                        Optional.empty(),
                        Optional.of(new Run(START.plusSeconds(5), Optional.empty()))));

        invoker.end(0, new Failed(FunctionError.TIMED_OUT, "Invoking task timed out after 3 seconds"));
        Run run = status(REPORT).last().orElseThrow();
        assertThat(run.end().orElseThrow().error()).contains(FunctionError.TIMED_OUT);
        assertThat(run.end().orElseThrow().requestId()).isEqualTo("request-0");
        assertThat(run.end().orElseThrow().total()).isEqualTo(InvokerDouble.TOTAL);
    }

    @Test
    void anOlderRunThatEndsLateDoesNotStandForTheLatest() {
        directory.put(REPORT, new Trigger("t", "* * * * * * *"));
        look();
        clock.advance(Duration.ofSeconds(1));
        look();
        clock.advance(Duration.ofSeconds(1));
        look();
        invoker.end(1, new Returned("null"));
        invoker.end(0, new Failed(FunctionError.EXECUTION_FAILED, "boom"));
        Run run = status(REPORT).last().orElseThrow();
        assertThat(run.tick()).isEqualTo(START.plusSeconds(2));
        assertThat(run.end().orElseThrow().error()).isEmpty();
    }

    @Test
    void runNowGivesTheEventOfATickWithoutTakingOne() throws Exception {
        directory.put(REPORT, new Trigger("EveryDay", "0 0 2 * * * *"));
        clock.set("2026-01-01T07:08:09.123Z");
        invoker.answerAtOnce(new Returned("{\"sum\":3}"));

        Outcome outcome = timers.runNow(REPORT, "EveryDay");

        assertThat(outcome.result()).isEqualTo(new Returned("{\"sum\":3}"));
        assertThat(invoker.asked()).singleElement().satisfies(asked -> {
            assertThat(asked.event()).contains("\"TriggerName\":\"EveryDay\"", "\"Time\":\"2026-01-01T07:08:09Z\"");
            assertThat(asked.origin()).isEqualTo(Origin.timer());
            assertThat(asked.withLog()).isTrue();
        });
        assertThat(claims.claimed()).isEmpty();
    }

    @Test
    void runNowOfWhatIsNotThereIsRefused() {
        directory.put(REPORT, new Trigger("EveryDay", "0 0 2 * * * *"));
        assertThatThrownBy(() -> timers.runNow(CLEAN, "EveryDay"))
                .isInstanceOfSatisfying(
                        BerthException.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo("FUNCTION_UNKNOWN"));
        assertThatThrownBy(() -> timers.runNow(REPORT, "EveryWeek"))
                .isInstanceOfSatisfying(BerthException.class, refused -> {
                    assertThat(refused.problem().code()).isEqualTo("TRIGGER_UNKNOWN");
                    assertThat(refused.problem().message()).contains("EveryWeek", "EveryDay");
                });
        assertThat(invoker.asked()).isEmpty();
    }

    @Test
    void theThreadSleepsUntilTheNextTickAndASecondAtMost() throws Exception {
        directory.put(REPORT, new Trigger("t", "2 * * * * * *"));
        SynchronousQueue<Duration> sleeps = new SynchronousQueue<>();
        clock.set("2026-01-01T00:00:00.400Z");
        Timers running = new Timers(directory, claims, invoker, clock, Cron.DEFAULT_ZONE, time -> {
            sleeps.put(time);
            clock.advance(time);
        });
        running.start();
        try {
            assertThat(List.of(take(sleeps), take(sleeps), take(sleeps)))
                    .containsExactly(Duration.ofSeconds(1), Duration.ofMillis(600), Duration.ofSeconds(1));
            assertThat(invoker.await(1)).hasSize(1);
        } finally {
            running.close();
        }
        assertThat(invoker.times()).containsExactly("2026-01-01T00:00:02Z");
    }

    @Test
    void tenThousandTriggersCostNextToNothingWhileNothingChanges() {
        directory.putMany(10_000, new Trigger("t", "0 0 2 1 1 * 2030"));
        look();
        assertThat(timers.list("prod-01")).hasSize(10_000);
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = thread.getCurrentThreadAllocatedBytes();
        for (int second = 0; second < 1_000; second++) {
            clock.advance(Timers.LOOK);
            timers.round();
        }
        assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(1_000 * 10_000); // a byte a trigger
        assertThat(claims.claimed()).isEmpty();
    }

    private Timers timers() {
        return new Timers(directory, claims, invoker, clock, Cron.DEFAULT_ZONE);
    }

    private void look() {
        timers.round();
        timers.claims().join();
    }

    private static Duration take(SynchronousQueue<Duration> sleeps) throws InterruptedException {
        Duration slept = sleeps.poll(10, TimeUnit.SECONDS);
        assertThat(slept).as("the thread sleeps").isNotNull();
        return slept;
    }

    private TriggerStatus status(FunctionId function) {
        return timers.list(function.environmentId()).stream()
                .filter(status -> status.function().equals(function))
                .findFirst()
                .orElseThrow();
    }

    private Optional<Instant> next(FunctionId function) {
        return status(function).next();
    }
}
