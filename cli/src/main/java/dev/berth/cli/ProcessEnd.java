package dev.berth.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a process that is not ours has ended. */
final class ProcessEnd {
    private ProcessEnd() {}

    /** Also when nobody has taken note of its end yet: a slow init, or none as in many containers, leaves a zombie. */
    static boolean isOver(ProcessHandle process) {
        return !process.isAlive() || isZombie(process.pid());
    }

    private static boolean isZombie(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) == 'Z'; // proc(5): pid (name) state
        } catch (IOException gone) {
            return false; // isAlive knows
        }
    }
}
