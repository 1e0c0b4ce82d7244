package dev.berth.cli;

import dev.berth.core.BerthException;
import dev.berth.core.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The functions that a path means: one function; all in a {@code cloudfunctions} folder; or all of a mini-program project
 * (docs/design.md, section 4).
 *
 * @param root of the functions, which lie each in a folder of it; empty for a single one
 * @param functions by name
 * @param unsuitable what in the root would be a function, but for the name of its folder
 * @param notes for people: what in the root is no function
 */
record FunctionFolders(
        Optional<Path> root, List<FunctionFolder> functions, List<Unsuitable> unsuitable, List<String> notes) {
    private static final String USUAL_ROOT = "cloudfunctions";
    private static final Set<String> NEVER_FUNCTIONS = Set.of("node_modules", "__MACOSX"); // the latter is in archives

    /** @param problem {@code INVALID_FUNCTION_NAME} */
    record Unsuitable(String name, Problem problem) {}

    FunctionFolders {
        functions = List.copyOf(functions);
        unsuitable = List.copyOf(unsuitable);
        notes = List.copyOf(notes);
    }

    /**
     * @param path an absolute path to a folder
     * @param forced whether functions are meant, whatever the folder looks like
     * @param name of the function; if empty, that of its folder
     * @return empty if no functions are meant, but perhaps a service
     * @throws BerthException {@code NO_FUNCTION} if functions are meant, but there are none; {@code PROJECT_CONFIG_INVALID};
     *     {@code ONE_NAME_FOR_MANY}; {@code INVALID_FUNCTION_NAME} of the one that is meant
     */
    static Optional<FunctionFolders> find(Path path, boolean forced, Optional<String> name) {
        Path folder = path.normalize();
        Optional<MiniProgramProject> project = MiniProgramProject.in(folder);
        if (project.isPresent()) {
            return Optional.of(all(rootOf(project.get()), name));
        }
        if (isRoot(folder)) {
            return Optional.of(all(folder, name));
        }
        Path parent = folder.getParent();
        boolean one = FunctionFolder.isOne(folder)
                || (parent != null && isRoot(parent))
                || (forced && FunctionFolder.hasHandler(folder));
        if (one) {
            String own = String.valueOf(folder.getFileName());
            FunctionFolder function = new FunctionFolder(name.orElse(own), folder);
            return Optional.of(new FunctionFolders(Optional.empty(), List.of(function), List.of(), List.of()));
        }
        if (forced || looksLikeRoot(folder)) {
            return Optional.of(all(folder, name));
        }
        return Optional.empty();
    }

    private static Path rootOf(MiniProgramProject project) {
        return project.functions()
                .orElseThrow(() -> noFunction(
                        "%s: cloudfunctionRoot: %s (expected: a folder with functions)"
                                .formatted(
                                        project.folder().resolve(MiniProgramProject.FILE),
                                        project.functionRoot().orElse("absent")),
                        "Correct it, or give the folder of the functions."));
    }

    /** Named so, or named by the project around it. */
    private static boolean isRoot(Path folder) {
        Path last = folder.getFileName();
        return (last != null && last.toString().equals(USUAL_ROOT))
                || MiniProgramProject.around(folder)
                        .flatMap(MiniProgramProject::functions)
                        .equals(Optional.of(folder));
    }

    private static boolean looksLikeRoot(Path folder) {
        return !FunctionFolder.isService(folder)
                && !Files.exists(folder.resolve("package.json"))
                && folders(folder).stream().anyMatch(FunctionFolder::isOne);
    }

    private static FunctionFolders all(Path root, Optional<String> name) {
        List<Path> found = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (Path folder : folders(root)) {
            if (FunctionFolder.hasHandler(folder)) {
                found.add(folder);
            } else {
                notes.add("%s is no function: %s".formatted(folder, FunctionFolder.whyNone(folder)));
            }
        }
        if (found.isEmpty()) {
            throw noFunction(
                    "%s has no function (expected: index.js, or folders with one)".formatted(root),
                    notes.isEmpty() ? "Give the folder of a function, or one with such folders." : notes.getFirst());
        }
        if (name.isEmpty()) {
            return byFolderNames(root, found, notes);
        }
        if (found.size() > 1) {
            throw new BerthException(new Problem(
                    "ONE_NAME_FOR_MANY",
                    "cli",
                    "name: %s (expected: none, for %s has %d functions)".formatted(name.get(), root, found.size()),
                    "Give the folder of one function, or leave out --name."));
        }
        FunctionFolder named = new FunctionFolder(name.get(), found.getFirst());
        return new FunctionFolders(Optional.empty(), List.of(named), List.of(), notes);
    }

    private static FunctionFolders byFolderNames(Path root, List<Path> found, List<String> notes) {
        List<FunctionFolder> functions = new ArrayList<>();
        List<Unsuitable> unsuitable = new ArrayList<>();
        for (Path folder : found) {
            String name = folder.getFileName().toString();
            try {
                functions.add(new FunctionFolder(name, folder));
            } catch (BerthException refused) {
                unsuitable.add(new Unsuitable(
                        name,
                        new Problem(
                                refused.problem().code(),
                                "cli",
                                refused.problem().message(),
                                "Rename the folder %s, or deploy it by itself with --name.".formatted(folder))));
            }
        }
        return new FunctionFolders(Optional.of(root), functions, unsuitable, notes);
    }

    /** Those that may be functions, by name. */
    static List<Path> folders(Path root) {
        try (Stream<Path> entries = Files.list(root)) {
            return entries.filter(Files::isDirectory)
                    .filter(folder -> !isHidden(folder.getFileName().toString()))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw FolderListing.unreadable(root, unreadable);
        }
    }

    private static boolean isHidden(String name) {
        return name.startsWith(".") || NEVER_FUNCTIONS.contains(name);
    }

    private static BerthException noFunction(String message, String hint) {
        return new BerthException(new Problem("NO_FUNCTION", "cli", message, hint));
    }
}
