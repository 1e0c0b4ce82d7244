package dev.berth.runtime.process;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

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
    private final Map<Long, ProcessRow> rows = new LinkedHashMap<>();
    private final Map<Long, List<ProcessRow>> bySession;
    private final Map<Long, List<ProcessRow>> byParent;
    private final Map<String, List<ProcessRow>> byMark = new HashMap<>();

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
        return new ProcessSnapshot();
    }

    /**
     * @param folder of one instance, or above the folders of several
     * @param leader process and session id of the program, as soon as it has one
     */
    Collection<ProcessRow> membersOf(Path folder, OptionalLong leader) {
        var unseen = new ArrayDeque<ProcessRow>();
        leader.ifPresent(session -> unseen.addAll(bySession.getOrDefault(session, List.of())));
        byMark.forEach((mark, marked) -> {
            if (mark.equals(folder.toString()) || mark.startsWith(folder + "/")) {
                unseen.addAll(marked);
            }
        });
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
