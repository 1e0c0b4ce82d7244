package dev.berth.cli;

import dev.berth.core.BerthException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A PATH that {@code berth up} deploys.
 *
 * @param given as it was typed
 * @param functions that it means; empty for a service
 */
record UpPath(Path given, Optional<FunctionFolders> functions) {
    private static final int CALLS_SHOWN = 3;

    /** What is wrong with the folder, its deployment tells. */
    static UpPath of(Shell shell, Path given) {
        try {
            Path folder = shell.folder().resolve(given).normalize();
            return new UpPath(given, FunctionFolders.find(folder, false, Optional.empty()));
        } catch (BerthException noFunctions) {
            return new UpPath(given, Optional.empty());
        }
    }

    /** Whether a part of it may be deployed without the rest. */
    boolean isMany() {
        return functions
                .map(found -> found.functions().size() + found.unsuitable().size() > 1)
                .orElse(false);
    }

    /** What to type to call what is there. */
    List<String> calls(Shell shell, UpEnvironment environment) {
        if (functions.isEmpty()) {
            Path folder = shell.folder().resolve(given).normalize();
            return List.of(Examples.callOf(String.valueOf(folder.getFileName())) + environment.callOptions());
        }
        List<FunctionFolder> all = functions.get().functions();
        List<String> calls = new ArrayList<>();
        all.stream()
                .limit(CALLS_SHOWN)
                .forEach(function -> calls.add(Examples.invocationOf(function.name()) + environment.callOptions()));
        if (all.size() > CALLS_SHOWN) {
            calls.add("./berth functions%s   shows all %d".formatted(environment.option(), all.size()));
        }
        return calls;
    }
}
