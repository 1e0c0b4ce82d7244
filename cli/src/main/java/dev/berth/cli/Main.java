package dev.berth.cli;

import dev.berth.server.LastingLog;

/** The entrance of the {@code berth} command. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        LastingLog.install(); // costs nothing until something logs
        int exitCode = run(Shell.ofThisProcess(), args);
        if (exitCode != ExitCode.OK) {
            System.exit(exitCode);
        }
    }

    /** Runs one command to its end and answers its {@link ExitCode}. */
    public static int run(Shell shell, String... args) {
        int exitCode = BerthCommandLine.in(shell).execute(args);
        shell.out().flush();
        return exitCode;
    }
}
