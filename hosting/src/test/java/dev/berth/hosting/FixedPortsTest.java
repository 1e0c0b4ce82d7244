package dev.berth.hosting;

import static dev.berth.hosting.Calls.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.core.Activator.Lease;
import dev.berth.core.InstanceRuntime.Exit;
import dev.berth.core.Problem;
import dev.berth.core.Version;
import dev.berth.hosting.Calls.Answer;
import dev.berth.hosting.FakeRuntime.FakeInstance;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Programs that listen on one port whatever PORT says. */
class FixedPortsTest extends ActivatorTest {
    @Test
    void theNextVersionOnAFixedPortWaitsForTheEndOfTheOneBefore() throws Exception {
        OptionalInt port = OptionalInt.of(Calls.freePort());
        Version one = room.version("demo", 1, Duration.ofMinutes(30), port);
        Version two = room.version("demo", 2, Duration.ofMinutes(30), port);
        Lease old = call(activator, one).lease();
        runtime.stopsAtOnce = false;
        FakeInstance first = runtime.only();

        Answer next = call(activator, two);
        activator.retire(one.id());
        old.end();
        await().until(() -> first.stopAsked);
        assertThat(next.isDone()).isFalse();
        first.exit(new Exit(0, "exit code 0"));
        assertThat(next.lease().endpoint().port()).isEqualTo(port.getAsInt());
        runtime.stopsAtOnce = true;
    }

    @Test
    void anotherServiceOnAFixedPortIsRefused() throws Exception {
        OptionalInt port = OptionalInt.of(Calls.freePort());
        call(activator, room.version("demo", 1, Duration.ofMinutes(30), port)).lease();
        Version other = room.version("other", 1, Duration.ofMinutes(30), port);
        Problem problem = call(activator, other).failure().problem();
        assertThat(problem.code()).isEqualTo("PORT_TAKEN");
        assertThat(problem.message()).contains("prod-01/demo-001");
    }

    @Test
    void aFixedPortIsFreeAgainAfterAFailedStart() throws Exception {
        OptionalInt port = OptionalInt.of(Calls.freePort());
        Version one = room.version("demo", 1, Duration.ofMinutes(30), port);
        runtime.beforeStart = _ -> {
            throw refusal("START_FAILED");
        };
        call(activator, one).failure();
        runtime.beforeStart = _ -> {};
        call(activator, room.version("other", 1, Duration.ofMinutes(30), port)).lease();
    }
}
