package dev.berth.hosting;

import static dev.berth.hosting.Calls.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.core.Activator.Lease;
import dev.berth.core.Version;
import dev.berth.core.VersionId;
import dev.berth.hosting.Calls.Answer;
import dev.berth.hosting.FakeRuntime.FakeInstance;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How versions lose their instances: by a release, a removal, the end of the server. */
class RetirementTest extends ActivatorTest {
    @Test
    @Tag("HO-14")
    void aRetiredVersionFinishesItsCallsAndStops() throws Exception {
        Version version = room.version(1);
        Lease first = call(activator, version).lease();
        Lease second = call(activator, version).lease();
        FakeInstance old = runtime.only();
        activator.retire(version.id());

        first.end();
        assertThat(old.stopAsked).isFalse();
        assertThat(count(version).instances()).isEqualTo(1);
        second.end();
        await().until(() -> old.stopAsked);
        await().until(() -> count(version).instances() == 0);
    }

    @Test
    void aRetiredVersionStartsAnewOnlyIfAsked() throws Exception {
        Version version = room.version(1);
        Lease old = call(activator, version).lease();
        activator.retire(version.id());
        assertThat(runtime.started).hasSize(1);

        Lease anew = call(activator, version).lease();
        assertThat(anew.instanceId()).isNotEqualTo(old.instanceId());
        anew.end();
        old.end();
        await().until(() -> runtime.running.size() == 1);
        assertThat(call(activator, version).lease().instanceId()).isEqualTo(anew.instanceId());
    }

    @Test
    void aVersionRetiredWhileItStartsServesWhoWaited() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        runtime.beforeStart = _ -> Calls.pass(gate);
        Version version = room.version(1);
        Answer answer = call(activator, version);
        activator.retire(version.id());
        gate.countDown();

        Lease lease = answer.lease();
        FakeInstance instance = runtime.only();
        assertThat(instance.stopAsked).isFalse();
        lease.end();
        await().until(() -> instance.stopAsked);
    }

    @Test
    void aVersionRetiredWhileIdleStopsAtOnce() throws Exception {
        Version version = room.version(1);
        call(activator, version).lease().end();
        activator.retire(version.id());
        await().until(() -> runtime.running.isEmpty());
        activator.retire(version.id());
        activator.retire(new VersionId("prod-01", "unheard-of", 1));
    }

    @Test
    void removalDrainsThenForgets() throws Exception {
        Version version = room.version(1);
        Lease lease = call(activator, version).lease();
        FakeInstance instance = runtime.only();
        Thread removal = Thread.ofVirtual().start(() -> activator.remove("prod-01", "demo", Duration.ofSeconds(30)));
        await().until(() -> removal.getState() == Thread.State.TIMED_WAITING);
        assertThat(instance.stopAsked).isFalse();
        assertThat(call(activator, version).failure().problem().code()).isEqualTo("STOPPING");
        lease.end();
        removal.join();
        assertThat(instance.stopAsked).isTrue();
        assertThat(activator.counts("prod-01", "demo")).isEmpty();
    }

    @Test
    void closingStopsEverythingEvenWhatStarts() throws Exception {
        Version running = room.version(1);
        Lease held = call(activator, running).lease();
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        runtime.beforeStart = _ -> {
            entered.countDown();
            Calls.pass(gate);
        };
        Answer starting = call(activator, room.version(2));
        Calls.pass(entered);
        Thread closing = Thread.ofVirtual().start(activator::close);
        await().until(() -> runtime.running.isEmpty());
        gate.countDown();
        closing.join();

        assertThat(starting.failure().problem().code()).isEqualTo("STOPPING");
        await().until(() -> runtime.running.isEmpty());
        assertThat(call(activator, room.version(3)).failure().problem().code()).isEqualTo("STOPPING");
        held.end();
    }
}
