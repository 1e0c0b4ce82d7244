package dev.berth.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;

/** One line from standard input; a terminal is asked and does not show it. */
record SecretInput(Shell shell) {
    String read(String prompt) {
        Optional<Console> terminal = Terminal.console();
        if (shell.in().equals(System.in) && terminal.isPresent()) {
            char[] typed = terminal.get().readPassword("%s", prompt);
            return typed == null ? "" : new String(typed).strip();
        }
        try {
            BufferedReader reader = new BufferedReader(new InputStreamReader(shell.in(), StandardCharsets.UTF_8));
            return Objects.requireNonNullElse(reader.readLine(), "").strip();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
