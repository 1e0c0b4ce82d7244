package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.core.BerthException;
import dev.berth.core.IoReason;
import dev.berth.core.Problem;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A server on this machine, as it describes itself in {@code server.json}.
 *
 * @param data the server's data folder, which also keeps the token
 */
record RunningServer(long pid, Path data, URI gateway, URI management) {
    private static final String FILE = "server.json";

    /** Looks where {@code BERTH_DATA} says, and nowhere else; without it in the nearest {@code .berth} upward. */
    static Optional<RunningServer> find(Shell shell) {
        String data = shell.environment().getOrDefault("BERTH_DATA", "");
        if (!data.isBlank()) {
            return readIfPresent(shell.folder().resolve(data).resolve(FILE));
        }
        for (Path folder = shell.folder(); folder != null; folder = folder.getParent()) {
            Path file = folder.resolve(".berth").resolve(FILE);
            if (Files.exists(file)) {
                return readIfPresent(file);
            }
        }
        return Optional.empty();
    }

    static RunningServer require(Shell shell) {
        return find(shell)
                .orElseThrow(() -> notRunning("No Berth server is running here (%s)".formatted(place(shell))));
    }

    /** The server left its description behind, but nobody listens any more. */
    BerthException gone() {
        return notRunning("No Berth server is running here (%s is described in %s, but nothing listens there)"
                .formatted(management, data.resolve(FILE)));
    }

    String token() {
        Path file = data.resolve("token");
        try {
            return Files.readString(file).strip();
        } catch (IOException unreadable) {
            throw new BerthException(
                    new Problem(
                            "TOKEN_UNREADABLE",
                            "cli",
                            "The server's token cannot be read: %s".formatted(IoReason.of(unreadable)),
                            "Run this command as the user who started the server, or restart the server."),
                    unreadable);
        }
    }

    private static Optional<RunningServer> readIfPresent(Path file) {
        try {
            JsonNode json = Json.readOrMissing(Files.readString(file));
            JsonNode doors = json.path("doors");
            return Optional.of(new RunningServer(
                    json.required("pid").asLong(),
                    Path.of(json.required("data").asText()),
                    URI.create(doors.required("gateway").asText()),
                    URI.create(doors.required("management").asText())));
        } catch (IllegalArgumentException incomplete) {
            throw new BerthException(
                    new Problem(
                            "SERVER_FILE_INVALID",
                            "cli",
                            "%s: %s (expected: pid, data, doors.gateway, doors.management)"
                                    .formatted(file, incomplete.getMessage()),
                            "Delete the file and start the server again: ./berth up"),
                    incomplete);
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    private static String place(Shell shell) {
        String data = shell.environment().getOrDefault("BERTH_DATA", "");
        return data.isBlank()
                ? "looked for .berth/%s in %s and above".formatted(FILE, shell.folder())
                : "BERTH_DATA is %s, which has no %s".formatted(data, FILE);
    }

    private static BerthException notRunning(String message) {
        return new BerthException(new Problem("SERVER_NOT_RUNNING", "cli", message, "Start one with: ./berth up"));
    }
}
