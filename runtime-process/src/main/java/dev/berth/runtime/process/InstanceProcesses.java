package dev.berth.runtime.process;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** All processes of one instance, wherever they have gone. */
final class InstanceProcesses {
    private final Path folder;
    private final Supervisor supervisor;

    InstanceProcesses(InstanceFolder folder, Supervisor supervisor) {
        this.folder = folder.root();
        this.supervisor = supervisor;
    }

    Path folder() {
        return folder;
    }

    Collection<ProcessRow> in(ProcessSnapshot snapshot) {
        return snapshot.membersOf(folder, supervisor.programPid());
    }

    Collection<ProcessRow> living() {
        return in(ProcessSnapshot.takenSince(System.nanoTime()));
    }

    Set<Long> sockets() {
        var inodes = new HashSet<Long>();
        living().forEach(process -> inodes.addAll(ProcessTable.sockets(process.pid())));
        return inodes;
    }

    /** Those that listen, with where. */
    List<Listener> listeners() {
        return Listener.heldBy(living());
    }

    void kill() {
        ProcessTable.killAll(() -> living().stream().map(ProcessRow::pid).toList());
    }
}
