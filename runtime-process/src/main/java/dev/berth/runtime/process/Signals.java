package dev.berth.runtime.process;

import dev.berth.core.InstanceRuntime.Exit;
import java.util.List;

/** Reads an exit status as a shell reports it: 128 and the number of the signal for a program that was killed. */
final class Signals {
    private static final List<String> NAMES = List.of(
            "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM",
            "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF",
            "WINCH", "IO", "PWR", "SYS");

    private Signals() {}

    static Exit exit(int status) {
        int signal = status - 128;
        return new Exit(
                status,
                signal >= 1 && signal <= NAMES.size()
                        ? "killed by SIG" + NAMES.get(signal - 1)
                        : "exit code " + status);
    }
}
