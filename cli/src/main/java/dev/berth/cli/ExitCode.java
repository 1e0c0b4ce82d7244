package dev.berth.cli;

/** What a command tells the shell. */
public final class ExitCode {
    public static final int OK = 0;
    /** The server refused, or could not be reached. */
    public static final int REFUSED = 1;

    public static final int WRONG_USAGE = 2;

    private ExitCode() {}
}
