package dev.berth.artifacts;

import dev.berth.core.BerthException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a symbolic link may lead. Steps upward are allowed only at the start of a target, where the folder of the link
 * is known to be a real one; after a name they could climb out through another link.
 */
public final class LinkTarget {
    private LinkTarget() {}

    /** @throws BerthException {@code TAR_FORBIDDEN} */
    static void requireInside(Path root, Path link, String target) {
        if (!leadsInside(root, link, target)) {
            throw Refused.because(
                    "TAR_FORBIDDEN",
                    "The upload is refused: the link %s leads to %s, which is not surely inside the folder"
                            .formatted(root.relativize(link), target),
                    "Replace the link by what it leads to.");
        }
    }

    /**
     * For a part of what was unpacked: its links must not lead into the rest.
     *
     * @throws BerthException {@code TAR_FORBIDDEN}
     */
    public static void requireAllInside(Path root) throws IOException {
        List<Path> links;
        try (Stream<Path> files = Files.walk(root)) {
            links = files.filter(Files::isSymbolicLink).toList();
        }
        for (Path link : links) {
            requireInside(root, link, Files.readSymbolicLink(link).toString());
        }
    }

    private static boolean leadsInside(Path root, Path link, String target) {
        try {
            if (target.isEmpty() || Path.of(target).isAbsolute()) {
                return false;
            }
        } catch (InvalidPathException e) {
            return false;
        }
        boolean named = false;
        for (Path part : Path.of(target)) {
            boolean up = part.toString().equals("..");
            if (up && named) {
                return false;
            }
            named |= !up && !part.toString().equals(".");
        }
        return link.resolveSibling(target).normalize().startsWith(root);
    }
}
