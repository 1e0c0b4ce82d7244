package dev.berth.cli;

import java.io.Console;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A question that a person at the terminal answers. */
record Question(Shell shell) {
    private static final Set<String> YES = Set.of("y", "yes", "是");

    boolean canBeAsked() {
        return terminal().isPresent();
    }

    /** Anything but a clear yes is a no. */
    boolean isYes(String question) {
        return terminal()
                .map(terminal -> terminal.readLine("%s [y/N] ", question))
                .map(answer -> YES.contains(answer.strip().toLowerCase(Locale.ROOT)))
                .orElse(false);
    }

    private Optional<Console> terminal() {
        return shell.in().equals(System.in) ? Terminal.console() : Optional.empty();
    }
}
