package dev.berth.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What a {@code .dockerignore} leaves out (HO-50): patterns from the top, the last one that matches decides, {@code !} takes
 * back; a folder that matches takes its content with it.
 *
 * @see <a href="https://docs.docker.com/build/concepts/context/#dockerignore-files">dockerignore files</a>
 */
record DockerIgnore(List<DockerIgnorePattern> patterns) {
    private static final Set<String> ALWAYS_KEPT = Set.of("Dockerfile", "package.json");
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    static DockerIgnore in(Path folder) throws IOException {
        try {
            return of(Files.readString(folder.resolve(".dockerignore")));
        } catch (NoSuchFileException none) {
            return new DockerIgnore(List.of());
        }
    }

    static DockerIgnore of(String text) {
        String content = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        return new DockerIgnore(content.lines()
                .filter(line -> !line.startsWith("#"))
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .flatMap(line -> DockerIgnorePattern.parse(line).stream())
                .toList());
    }

    /** @param path relative to the folder, with {@code /} between names */
    boolean ignores(String path) {
        if (ALWAYS_KEPT.contains(path)) {
            return false;
        }
        boolean ignored = false;
        for (DockerIgnorePattern pattern : patterns) {
            if (pattern.matches(path)) {
                ignored = !pattern.takesBack();
            }
        }
        return ignored;
    }

    /** Whether something below an ignored folder may be kept, so that it has to be looked into. */
    boolean takesBack() {
        return patterns.stream().anyMatch(DockerIgnorePattern::takesBack);
    }
}
