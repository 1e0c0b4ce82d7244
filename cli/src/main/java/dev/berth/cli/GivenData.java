package dev.berth.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What {@code -d} was given: a text, or {@code @} and a file. */
record GivenData(String given) {
    /** @throws WrongUsage of that command, if the file cannot be read */
    byte[] bytes(ServerCommand command) {
        if (!given.startsWith("@")) {
            return given.getBytes(StandardCharsets.UTF_8);
        }
        Path file = command.shell().folder().resolve(given.substring(1));
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw command.wrongUsage(
                    "-d: %s cannot be read (expected: a file)".formatted(file), "Text is given without the @.");
        }
    }
}
