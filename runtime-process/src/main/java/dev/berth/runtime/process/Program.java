package dev.berth.runtime.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds a program as {@code execvp} would, so that a missing one is named before anything is started. */
final class Program {
    private Program() {}

    static void check(List<String> command, Path folder, String path) {
        if (command.isEmpty() || command.getFirst().isEmpty()) {
            throw StartProblem.startFailed("the command is empty", "deploy with --command");
        }
        String name = command.getFirst();
        if (name.indexOf('/') < 0) {
            Interpreter.check(name, find(name, folder, path).orElseThrow(() -> notFound(name, path)));
            return;
        }
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file)) {
            throw StartProblem.startFailed(
                    "there is no program `%s` in the version's files".formatted(name),
                    "deploy with a --command whose program exists");
        }
        if (!Files.isExecutable(file)) {
            throw StartProblem.startFailed(
                    "`%s` is not executable".formatted(name),
                    "chmod +x %s and deploy again, or name its interpreter in --command".formatted(name));
        }
        Interpreter.check(name, file);
    }

    static Optional<Path> find(String name, Path folder, String path) {
        return List.of(path.split(":", -1)).stream()
                .map(entry -> folder.resolve(entry).resolve(name))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    private static RuntimeException notFound(String name, String path) {
        return StartProblem.startFailed(
                "program `%s` was not found in PATH=%s".formatted(name, path),
                "install %s, or deploy with another --command".formatted(name));
    }
}
