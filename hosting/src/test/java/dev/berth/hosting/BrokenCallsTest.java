package dev.berth.hosting;

import static dev.berth.hosting.Calls.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.core.Activator.Lease;
import dev.berth.core.InstanceRuntime.Exit;
import dev.berth.core.Version;
import dev.berth.hosting.FakeRuntime.FakeInstance;
import org.junit.jupiter.api.Test;

/** What follows when a call broke, or an instance ended, under it. */
class BrokenCallsTest extends ActivatorTest {
    @Test
    void aDeadInstanceIsReplaced() throws Exception {
        Version version = room.version(1);
        Lease lease = call(activator, version).lease();
        runtime.only().exit(new Exit(1, "exit code 1"));

        await().until(() -> count(version).instances() == 0);
        assertThat(count(version).lastFailure())
                .hasValueSatisfying(text -> assertThat(text).contains("ended by itself: exit code 1"));
        Lease next = call(activator, version).lease();
        assertThat(next.instanceId()).isNotEqualTo(lease.instanceId());
        lease.endBroken();
        next.end();
        assertThat(count(version).inFlight()).isZero();
        assertThat(runtime.running).hasSize(1);
        await().untilAsserted(
                        () -> assertThat(room.log()).anyMatch(line -> line.endsWith("[berth] exited: exit code 1")));
    }

    @Test
    void afterABrokenCallADeadInstanceIsNotGivenAgain() throws Exception {
        Version version = room.version(1);
        Lease lease = call(activator, version).lease();
        FakeInstance dead = runtime.only();
        dead.stopListening(); // killed, but the runtime does not know it yet

        lease.endBroken();
        Lease next = call(activator, version).lease();
        assertThat(next.endpoint()).isNotEqualTo(dead.endpoint());
        assertThat(next.cold()).isTrue();
        await().until(() -> dead.stopAsked);
    }

    @Test
    void afterABrokenCallALivingInstanceIsGivenAgain() throws Exception {
        Version version = room.version(1);
        Lease first = call(activator, version).lease();
        Lease second = call(activator, version).lease();
        first.endBroken();
        Lease third = call(activator, version).lease();
        assertThat(third.instanceId()).isEqualTo(first.instanceId());
        assertThat(third.cold()).isFalse();
        second.end();
        third.end();
        assertThat(runtime.started).hasSize(1);
        assertThat(runtime.only().stopAsked).isFalse();
    }

    @Test
    void endingALeaseTwiceEndsItOnce() throws Exception {
        Version version = room.version(1);
        Lease first = call(activator, version).lease();
        Lease second = call(activator, version).lease();
        first.end();
        first.end();
        first.endBroken();
        assertThat(count(version).inFlight()).isEqualTo(1);
        second.end();
    }
}
