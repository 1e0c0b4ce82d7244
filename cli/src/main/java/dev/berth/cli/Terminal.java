package dev.berth.cli;

import java.io.Console;
import java.util.Optional;

/** The terminal that this process was started in, if its input and output are one. */
final class Terminal {
    private Terminal() {}

    @SuppressWarnings("SystemConsoleNull") // JDK 22 to 24 never answered null, JDK 25 does again
    static Optional<Console> console() {
        Console console = System.console();
        return console != null && console.isTerminal() ? Optional.of(console) : Optional.empty();
    }
}
