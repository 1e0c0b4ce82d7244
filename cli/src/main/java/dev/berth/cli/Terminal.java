package dev.berth.cli;

import java.io.Console;
import java.util.Optional;

/** The terminal that this process was started in, if its input and output are one. */
final class Terminal {
    private Terminal() {}

    /** Whether a person sits at the shell: it is this process's, and its input and output are a terminal. */
    static boolean isAt(Shell shell) {
        return shell.in().equals(System.in) && console().isPresent();
    }

    @SuppressWarnings("SystemConsoleNull") // JDK 22 to 24 never answered null, JDK 25 does again
    static Optional<Console> console() {
        Console console = System.console();
        return console != null && console.isTerminal() ? Optional.of(console) : Optional.empty();
    }
}
