package dev.berth.runtime.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file or folder that an instance sees elsewhere than the machine does.
 *
 * @param place where, without links on the way
 * @param existing the deepest part of that place that the machine has
 */
record ShownFile(Path source, Path place, Path existing) {
    static ShownFile of(Path source, Path asked) throws IOException {
        if (!asked.isAbsolute() || !asked.equals(asked.normalize()) || asked.getNameCount() == 0) {
            throw new IllegalArgumentException("path: %s (expected: absolute, without . and ..)".formatted(asked));
        }
        if (!Files.exists(source)) {
            throw new IOException("%s, to be seen as %s, does not exist".formatted(source, asked));
        }
        Path existing = asked;
        while (!Files.exists(existing)) {
            existing = existing.resolveSibling("");
        }
        boolean wantsFolder = !existing.equals(asked) || Files.isDirectory(source);
        if (Files.isDirectory(existing) != wantsFolder) {
            throw new IOException(
                    "%s cannot be seen as %s: the machine's %s is in its way".formatted(source, asked, existing));
        }
        Path real = existing.toRealPath();
        return new ShownFile(source, real.resolve(existing.relativize(asked)), real);
    }

    boolean needsPlace() {
        return !existing.equals(place);
    }
}
