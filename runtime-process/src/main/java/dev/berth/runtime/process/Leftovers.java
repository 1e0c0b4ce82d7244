package dev.berth.runtime.process;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Processes that a server which was killed left behind. Its supervisors may still be waiting out the grace of programs. */
final class Leftovers {
    private Leftovers() {}

    /** Of all instances. */
    static void kill(Path instancesFolder) {
        kill(instancesFolder.resolve(Supervisor.SCRIPT), instancesFolder);
    }

    /** @param folder of one instance, or that above those of all */
    static void kill(Path script, Path folder) {
        // Supervisors first: one may be about to start its program.
        ProcessTable.killAll(() -> Stream.concat(
                        ProcessTable.all()
                                .filter(pid -> isSupervisor(pid, script, folder))
                                .boxed(),
                        ProcessSnapshot.take().membersOf(folder, OptionalLong.empty()).stream()
                                .map(ProcessRow::pid))
                .toList());
    }

    private static boolean isSupervisor(long pid, Path script, Path folder) {
        List<String> command = ProcessTable.commandLine(pid);
        // For a moment it may be unshare that is about to become the shell.
        int argument = command.indexOf(script.toString()) + Supervisor.FOLDER_ARGUMENT;
        return command.contains(script.toString())
                && command.size() > argument
                && Path.of(command.get(argument)).startsWith(folder);
    }
}
