package dev.berth.runtime.process;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Processes that a server which was killed left behind. Its supervisors may still be waiting out the grace of programs. */
final class Leftovers {
    private Leftovers() {}

    static void kill(Path instancesFolder) {
        String script = instancesFolder.resolve(Supervisor.SCRIPT).toString();
        // Supervisors first: one may be about to start its program.
        ProcessTable.killAll(() -> Stream.concat(
                        ProcessTable.all().filter(pid -> isRunBy(pid, script)).boxed(),
                        ProcessSnapshot.take().membersOf(instancesFolder, OptionalLong.empty()).stream()
                                .map(ProcessRow::pid))
                .toList());
    }

    private static boolean isRunBy(long pid, String script) {
        List<String> command = ProcessTable.commandLine(pid);
        return command.size() > 1 && command.get(1).equals(script);
    }
}
