package dev.berth.functions;

import dev.berth.artifacts.KeyedLocks;
import dev.berth.artifacts.NpmInstall;
import dev.berth.artifacts.Trees;
import dev.berth.core.BerthException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The {@code node_modules} that versions of functions share: {@code <data>/function-modules/<key>/node_modules}, which a
 * version has as a symbolic link. A set comes there by one rename, complete and durable, and goes when no version leads to
 * it any more. Thread-safe; one object for a folder.
 */
final class ModuleSets {
    static final String MODULES = "node_modules";
    private static final String INCOMING = ".incoming-";
    private static final String GONE = ".gone-";

    private final Path root;
    private final NpmInstall npm;
    private final KeyedLocks<String> installing = new KeyedLocks<>();
    private final Lock sweeping = new ReentrantLock();

    /** How many deployments are about to lead to a set; guarded by this. */
    private final Map<String, Integer> users = new HashMap<>();

    /** Removes what an interrupted installation left. */
    ModuleSets(Path data, NpmInstall npm) throws IOException {
        this.root = Files.createDirectories(data.resolve("function-modules")).toRealPath();
        this.npm = npm;
        for (Path entry : entries()) {
            if (entry.getFileName().toString().startsWith(INCOMING)) {
                Trees.sweep(entry);
            }
        }
    }

    /** A set that stays at least until it is closed. */
    final class Use implements AutoCloseable {
        private final String key;

        private Use(String key) {
            this.key = key;
            synchronized (ModuleSets.this) {
                users.merge(key, 1, Integer::sum);
            }
        }

        /** The {@code node_modules}. */
        Path modules() {
            return root.resolve(key).resolve(MODULES);
        }

        @Override
        public void close() {
            synchronized (ModuleSets.this) {
                users.computeIfPresent(key, (_, count) -> count == 1 ? null : count - 1);
            }
        }
    }

    /**
     * Installs the set unless it is there. Whoever needs the same one meanwhile waits for it.
     *
     * @param progress told each line of npm's, on the calling thread
     * @return empty if it cannot be shared, because an install script wrote outside of {@code node_modules}
     * @throws BerthException {@code NPM_MISSING}, {@code NPM_FAILED}
     */
    Optional<Use> use(Dependencies.Shared wanted, Consumer<String> progress) throws IOException {
        Use use = new Use(wanted.key());
        boolean there = false;
        try {
            there = installing.holding(
                    wanted.key(), () -> Files.isDirectory(use.modules()) || install(wanted, progress));
            return there ? Optional.of(use) : Optional.empty();
        } finally {
            if (!there) {
                use.close();
            }
        }
    }

    private boolean install(Dependencies.Shared wanted, Consumer<String> progress) throws IOException {
        Path incoming = Files.createTempDirectory(root, INCOMING);
        try {
            wanted.recipe().write(incoming);
            npm.run(incoming, progress);
            if (!wanted.recipe().isAllIn(incoming)) {
                return false;
            }
            Path modules = Files.createDirectories(incoming.resolve(MODULES));
            Files.deleteIfExists(incoming.resolve(".npmrc")); // it may hold a token
            Trees.protect(modules); // no function is to change what others run with (HO-55)
            Path set = root.resolve(wanted.key());
            Trees.delete(set); // one without modules, if any
            Trees.place(incoming, set);
            return true;
        } finally {
            Trees.delete(incoming);
        }
    }

    /** Tells which sets the versions that there are lead to, by their keys. */
    @FunctionalInterface
    interface Linked {
        Set<String> keys() throws IOException;
    }

    /** Removes the sets that no version leads to. */
    void sweep(Linked linked) throws IOException {
        sweeping.lock();
        try {
            for (Path gone : setAside(linked)) {
                Trees.delete(gone);
            }
        } finally {
            sweeping.unlock();
        }
    }

    /** At once, so that no deployment sees a half of a set. */
    private synchronized List<Path> setAside(Linked linked) throws IOException {
        List<Path> gone = new ArrayList<>();
        Set<String> keys = linked.keys();
        for (Path entry : entries()) {
            String name = entry.getFileName().toString();
            if (name.startsWith(GONE)) {
                gone.add(entry);
            } else if (!name.startsWith(INCOMING) && !keys.contains(name) && !users.containsKey(name)) {
                Path aside = Files.createTempDirectory(root, GONE);
                gone.add(Files.move(entry, aside, StandardCopyOption.ATOMIC_MOVE));
            }
        }
        return gone;
    }

    private List<Path> entries() throws IOException {
        try (Stream<Path> entries = Files.list(root)) {
            return entries.toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }
}
