package dev.berth.runtime.process;

import dev.berth.core.InstanceRuntime.Usage;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;

/**
 * What one instance uses. Those who ask about many instances within the age that they allow share one look at {@code
 * /proc}, so 200 instances cost hardly more than one.
 */
final class UsageMeter {
    private final InstanceProcesses processes;
    private long mostTicks;

    UsageMeter(InstanceProcesses processes) {
        this.processes = processes;
    }

    /**
     * Empty when nothing of the instance lives. CPU time never decreases, also if an ended process takes its share along.
     *
     * @param age seen at most so long ago
     */
    synchronized Optional<Usage> read(Duration age) {
        Collection<ProcessRow> members = processes.in(ProcessSnapshot.takenSince(System.nanoTime() - age.toNanos()));
        if (members.isEmpty()) {
            return Optional.empty();
        }
        mostTicks = Math.max(
                mostTicks, members.stream().mapToLong(ProcessRow::ticks).sum());
        long pages = members.stream().mapToLong(ProcessRow::pages).sum();
        return Optional.of(new Usage(KernelUnits.time(mostTicks), KernelUnits.bytes(pages)));
    }
}
