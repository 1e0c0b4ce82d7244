package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.artifacts.JsonFile;
import dev.berth.core.BerthException;
import dev.berth.core.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A mini-program project as WeChat DevTools keeps it: {@code project.config.json}, over which {@code
 * project.private.config.json} of one person wins.
 *
 * @param functionRoot {@code cloudfunctionRoot}, relative to the folder; empty if not said
 */
record MiniProgramProject(Path folder, Optional<String> functionRoot) {
    static final String FILE = "project.config.json";
    private static final List<String> FILES = List.of("project.private.config.json", FILE);

    /** @throws BerthException {@code PROJECT_CONFIG_INVALID} */
    static Optional<MiniProgramProject> in(Path folder) {
        return Files.isRegularFile(folder.resolve(FILE))
                ? Optional.of(new MiniProgramProject(
                        folder,
                        FILES.stream()
                                .flatMap(file -> functionRoot(folder.resolve(file)).stream())
                                .findFirst()))
                : Optional.empty();
    }

    /** The nearest one that a folder lies in. */
    static Optional<MiniProgramProject> around(Path folder) {
        return Stream.iterate(folder.getParent(), parent -> parent != null, Path::getParent)
                .flatMap(parent -> in(parent).stream())
                .findFirst();
    }

    /** Where its functions lie; empty if there is no such folder. */
    Optional<Path> functions() {
        return functionRoot
                .map(root -> folder.resolve(root).normalize())
                .filter(root -> !root.equals(folder))
                .filter(Files::isDirectory);
    }

    private static Optional<String> functionRoot(Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        JsonNode root = read(file).path("cloudfunctionRoot");
        if (!root.isMissingNode() && !root.isNull() && !root.isTextual()) {
            throw new BerthException(new Problem(
                    "PROJECT_CONFIG_INVALID",
                    "cli",
                    "%s: cloudfunctionRoot: %s (expected: the name of a folder)".formatted(file, root),
                    "Write it like \"cloudfunctionRoot\": \"cloudfunctions/\""));
        }
        return Optional.of(root.asText("")).filter(text -> !text.isBlank());
    }

    private static JsonNode read(Path file) {
        try {
            return JsonFile.read(file, "PROJECT_CONFIG_INVALID", "Correct the file, or give the folder of a function.");
        } catch (IOException unreadable) {
            throw FolderListing.unreadable(file, unreadable);
        }
    }
}
