package dev.berth.functions;

import dev.berth.artifacts.Trees;
import dev.berth.core.FunctionVersionId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A folder for each version in which its hosts keep compiled code for those that come later. Without it they are slower,
 * and nothing else. Thread-safe; methods block.
 */
final class CompiledCode {
    private static final Logger LOG = System.getLogger(CompiledCode.class.getName());

    private final Path root;

    /** @param root used by nothing else; made when it is needed */
    CompiledCode(Path root) {
        this.root = root;
    }

    Optional<Path> of(FunctionVersionId version) {
        try {
            return Optional.of(Files.createDirectories(folder(version)));
        } catch (IOException e) {
            LOG.log(Level.WARNING, "Compiled code of {0} is not kept: {1}", version, e);
            return Optional.empty();
        }
    }

    /** No host of the version is left. */
    void forget(FunctionVersionId version) {
        try {
            delete(folder(version));
        } catch (IOException | UncheckedIOException e) {
            LOG.log(Level.WARNING, "Compiled code of {0} is still there: {1}", version, e);
        }
    }

    private static void delete(Path folder) throws IOException {
        try {
            Trees.delete(folder);
        } catch (NoSuchFileException renamed) { // a host that is ending has just put its file in place
            Trees.delete(folder);
        }
    }

    private Path folder(FunctionVersionId version) {
        return root.resolve(version.function().environmentId()).resolve(version.name());
    }
}
