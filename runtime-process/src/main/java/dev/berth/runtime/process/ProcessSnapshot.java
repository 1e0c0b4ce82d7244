package dev.berth.runtime.process;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The living processes of this machine at one moment, and which of them belong to an instance. Whoever has made itself a
 * daemon is found again by the mark in its environment, which descendants inherit:
 *
 * <ul>
 *   <li>the session of the program,
 *   <li>who carries the mark {@code BERTH_INSTANCE=<folder of the instance>},
 *   <li>who stands in that folder, has no terminal, and an environment without {@code PATH}: a daemon that wrote its title
 *       over it, as nginx and Redis do (a person's shell in there has both),
 *   <li>all descendants of these, and the sessions that they lead.
 * </ul>
 *
 * Out of reach is who clears its environment, leaves the folder, takes a session of its own and lets its parent end.
 */
final class ProcessSnapshot {
    private static final ReentrantLock LOCK = new ReentrantLock();
    private static @Nullable ProcessSnapshot latest;

    private final Map<Long, ProcessRow> rows = new LinkedHashMap<>();
    private final Map<Long, List<ProcessRow>> bySession;
    private final Map<Long, List<ProcessRow>> byParent;
    private final TreeMap<String, List<ProcessRow>> byMark = new TreeMap<>();
    private final long begunAt = System.nanoTime();

    private ProcessSnapshot() {
        ProcessTable.all()
                .mapToObj(ProcessRow::of)
                .flatMap(Optional::stream)
                .filter(ProcessRow::isAlive)
                .forEach(row -> rows.put(row.pid(), row));
        bySession = rows.values().stream().collect(Collectors.groupingBy(ProcessRow::session));
        byParent = rows.values().stream().collect(Collectors.groupingBy(ProcessRow::parent));
        for (ProcessRow row : rows.values()) {
            ProcessTable.instanceFolder(row)
                    .ifPresent(folder -> byMark.computeIfAbsent(folder, _ -> new ArrayList<>())
                            .add(row));
        }
    }

    static ProcessSnapshot take() {
        return takenSince(System.nanoTime());
    }

    /** Those who ask at the same time share one look: two hundred instances may be stopped together. */
    static ProcessSnapshot takenSince(long nanoTime) {
        LOCK.lock();
        try {
            ProcessSnapshot last = latest;
            if (last == null || last.begunAt - nanoTime < 0) {
                last = new ProcessSnapshot();
                latest = last;
            }
            return last;
        } finally {
            LOCK.unlock();
        }
    }

    /**
     * @param folder of one instance, or above the folders of several
     * @param leader process and session id of the program, as soon as it has one
     */
    Collection<ProcessRow> membersOf(Path folder, OptionalLong leader) {
        var unseen = new ArrayDeque<ProcessRow>();
        leader.ifPresent(session -> unseen.addAll(bySession.getOrDefault(session, List.of())));
        unseen.addAll(byMark.getOrDefault(folder.toString(), List.of()));
        // "0" comes after "/".
        byMark.subMap(folder + "/", folder + "0").values().forEach(unseen::addAll);
        var members = new LinkedHashMap<Long, ProcessRow>();
        while (!unseen.isEmpty()) {
            ProcessRow row = unseen.remove();
            if (members.putIfAbsent(row.pid(), row) == null) {
                unseen.addAll(byParent.getOrDefault(row.pid(), List.of()));
                // By its living leader only: before setsid has run, a program is still in the server's session.
                unseen.addAll(bySession.getOrDefault(row.pid(), List.of()));
            }
        }
        return members.values();
    }
}
