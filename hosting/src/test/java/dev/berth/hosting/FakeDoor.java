package dev.berth.hosting;

import dev.berth.core.InstanceRuntime.Surroundings;
import dev.berth.core.InwardDoor;
import dev.berth.core.VersionId;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Gives every instance the same, and remembers whom it admitted. */
final class FakeDoor implements InwardDoor {
    final List<FakeAdmission> admitted = new CopyOnWriteArrayList<>();

    volatile Map<String, String> variables = Map.of();
    volatile Surroundings surroundings = Surroundings.NONE;

    /** What happens before an instance is admitted: throw. */
    volatile Runnable beforeAdmission = () -> {};

    @Override
    public Admission admit(VersionId version, String instanceId, OptionalInt port) {
        beforeAdmission.run();
        FakeAdmission admission = new FakeAdmission(version, instanceId, variables, surroundings, new AtomicInteger());
        admitted.add(admission);
        return admission;
    }

    FakeAdmission only() {
        if (admitted.size() != 1) {
            throw new AssertionError("admitted: " + admitted);
        }
        return admitted.getFirst();
    }

    record FakeAdmission(
            VersionId version,
            String instanceId,
            Map<String, String> variables,
            Surroundings surroundings,
            AtomicInteger closed)
            implements Admission {
        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }
}
