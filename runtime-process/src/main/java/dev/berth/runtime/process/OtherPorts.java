package dev.berth.runtime.process;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Watches where a program listens that has not opened its port yet, to tell the one that ignores {@code PORT} from the one
 * that opens a port for metrics or a debugger first and is still busy. The log is told after 5 s. The start is given up
 * after 10 s, before the caller's 15 s are over, if in all that time the program opened no other port, did next to
 * nothing, and has no debugger.
 */
final class OtherPorts {
    private static final double IDLE_LOAD = 0.1;
    private static final List<String> DEBUGGERS = List.of("--inspect", "jdwp", "jmxremote", "debugpy", "pydevd");

    private final InstanceProcesses processes;
    private final int port;
    private final Patience patience;
    private final Consumer<List<String>> log;
    private Set<Integer> ports = Set.of();
    private long changedAt;
    private long idleSince;
    private long lookedAt;
    private long ticks;
    private boolean told;

    /**
     * @param untilTold how long other ports must stay the only ones before the log is told
     * @param untilGivenUp how long until the start is given up
     */
    record Patience(Duration untilTold, Duration untilGivenUp) {
        static final Patience USUAL = new Patience(Duration.ofSeconds(5), Duration.ofSeconds(10));
    }

    OtherPorts(InstanceProcesses processes, int port, Patience patience, Consumer<List<String>> log) {
        this.processes = processes;
        this.port = port;
        this.patience = patience;
        this.log = log;
    }

    /** To be called about once a second. @return where it listens, when there is nothing more to wait for; else empty */
    List<Listener> look() {
        Collection<ProcessRow> members = processes.living();
        List<Listener> listeners = Listener.heldBy(members);
        Set<Integer> found = listeners.stream().map(Listener::port).collect(Collectors.toCollection(TreeSet::new));
        long now = System.nanoTime();
        noteLoad(members, now);
        if (!found.equals(ports)) {
            ports = found;
            changedAt = now;
        }
        if (ports.isEmpty() || ports.contains(port)) {
            return List.of();
        }
        if (!told && now - changedAt >= patience.untilTold().toNanos()) {
            told = true;
            log.accept(List.of(
                    StartProblem.listensElsewhere(port, listeners), "→ " + StartProblem.whatToDo(port, listeners)));
        }
        boolean enough =
                now - Math.max(changedAt, idleSince) >= patience.untilGivenUp().toNanos();
        return enough && members.stream().noneMatch(OtherPorts::isDebugged) ? listeners : List.of();
    }

    private void noteLoad(Collection<ProcessRow> members, long now) {
        long used = members.stream().mapToLong(ProcessRow::ticks).sum();
        Duration worked = KernelUnits.time(used - ticks);
        if (lookedAt == 0 || worked.toNanos() > IDLE_LOAD * (now - lookedAt)) {
            idleSince = now;
        }
        lookedAt = now;
        ticks = used;
    }

    private static boolean isDebugged(ProcessRow process) {
        return Stream.concat(
                        ProcessTable.commandLine(process.pid()).stream(),
                        ProcessTable.environment(process.pid()).stream())
                .anyMatch(word -> DEBUGGERS.stream().anyMatch(word::contains));
    }
}
