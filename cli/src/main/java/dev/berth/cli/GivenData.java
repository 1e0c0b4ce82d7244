package dev.berth.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What {@code -d} was given: a text, or {@code @} and a file, or {@code @-} for standard input. */
record GivenData(String given) {
    private static final String STANDARD_INPUT = "@-";

    /** @throws WrongUsage of that command, if the file cannot be read */
    byte[] bytes(ServerCommand command) {
        if (!given.startsWith("@")) {
            return given.getBytes(StandardCharsets.UTF_8);
        }
        if (given.equals(STANDARD_INPUT)) {
            return standardInput(command);
        }
        Path file = command.shell().folder().resolve(given.substring(1));
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw command.wrongUsage(
                    "-d: %s cannot be read (expected: a file)".formatted(file), "Text is given without the @.");
        }
    }

    private static byte[] standardInput(ServerCommand command) {
        try {
            return command.shell().in().readAllBytes();
        } catch (IOException unreadable) {
            throw command.wrongUsage(
                    "-d: standard input cannot be read: %s".formatted(unreadable.getMessage()),
                    "Give a file: -d @event.json");
        }
    }
}
