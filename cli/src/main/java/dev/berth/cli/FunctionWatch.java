package dev.berth.cli;

import dev.berth.core.BerthException;
import dev.berth.core.Problem;
import io.methvin.watcher.DirectoryChangeEvent;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;

/**
 * Follows the files of functions and tells which of them changed, in bursts: what an editor or a {@code git checkout} does
 * in one go is told once. {@code node_modules}, {@code .git} and {@code .berth} are not looked into.
 */
final class FunctionWatch implements AutoCloseable {
    private static final Logger LOG = System.getLogger(FunctionWatch.class.getName());
    private static final Set<String> NEVER_FOLLOWED = Set.of("node_modules", ".git", ".berth");

    /** A program that keeps writing is not waited for longer than so many pauses. */
    private static final int LONGEST_BURST = 20;

    private final FunctionFolders watched;
    private final Duration pause;
    private final Consumer<List<FunctionChange>> told;
    private final Set<Path> known;

    /** Of those known; only for the thread that tells. */
    private final Set<Path> withoutHandler = new HashSet<>();

    private final BlockingQueue<Path> changed = new LinkedBlockingQueue<>();
    private final RootWatch watcher;
    private final Thread teller;

    /**
     * What changes after this returns is told.
     *
     * @param pause that ends a burst
     * @param told on one thread; by name; the next burst waits for its end
     * @throws BerthException {@code WATCH_FAILED}
     */
    FunctionWatch(FunctionFolders watched, Duration pause, Consumer<List<FunctionChange>> told) {
        this.watched = watched;
        this.pause = pause;
        this.told = told;
        this.known = ConcurrentHashMap.newKeySet();
        watched.functions().forEach(function -> known.add(function.folder()));
        Path root =
                watched.root().orElseGet(() -> watched.functions().getFirst().folder());
        try {
            watcher = new RootWatch(root, NEVER_FOLLOWED, this::seen, () -> changed.addAll(folders()));
        } catch (IOException e) {
            throw new BerthException(
                    new Problem(
                            "WATCH_FAILED",
                            "cli",
                            "%s cannot be watched: %s".formatted(root, e.getMessage()),
                            "If it is the number of watches: sudo sysctl fs.inotify.max_user_watches=524288"),
                    e);
        }
        teller = Thread.ofVirtual().name("tell of functions").start(this::tell);
    }

    private void seen(DirectoryChangeEvent event) {
        if (event.eventType() == DirectoryChangeEvent.EventType.OVERFLOW) {
            changed.addAll(folders());
        } else if (isFollowed(event.rootPath(), event.path())) {
            changed.add(watched.root()
                    .map(root -> root.resolve(root.relativize(event.path()).getName(0)))
                    .orElse(event.rootPath()));
        }
    }

    private static boolean isFollowed(Path root, Path path) {
        return StreamSupport.stream(root.relativize(path).spliterator(), false)
                .noneMatch(name -> NEVER_FOLLOWED.contains(name.toString()));
    }

    /** Of the functions that were there, and of what may be new ones. */
    private Set<Path> folders() {
        Set<Path> folders = new TreeSet<>(known);
        watched.root().filter(Files::isDirectory).map(FunctionFolders::folders).ifPresent(folders::addAll);
        return folders;
    }

    private void tell() {
        while (true) {
            try {
                List<FunctionChange> changes = burst().stream()
                        .flatMap(folder -> change(folder).stream())
                        .toList();
                if (!changes.isEmpty()) {
                    told.accept(changes);
                }
            } catch (InterruptedException closed) {
                return;
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "A change of functions was not followed", e);
            }
        }
    }

    private Set<Path> burst() throws InterruptedException {
        Set<Path> burst = new TreeSet<>();
        burst.add(changed.take());
        long end = System.nanoTime() + LONGEST_BURST * pause.toNanos();
        while (System.nanoTime() - end < 0) {
            Path next = changed.poll(pause.toNanos(), TimeUnit.NANOSECONDS);
            if (next == null) {
                break;
            }
            burst.add(next);
        }
        return burst;
    }

    private Optional<FunctionChange> change(Path folder) {
        if (Files.isDirectory(folder) && FunctionFolder.hasHandler(folder)) {
            known.add(folder);
            withoutHandler.remove(folder);
            return Optional.of(new FunctionChange(name(folder), folder, FunctionChange.Kind.CHANGED));
        }
        if (Files.isDirectory(folder) && known.contains(folder) && withoutHandler.add(folder)) {
            return Optional.of(new FunctionChange(name(folder), folder, FunctionChange.Kind.WITHOUT_HANDLER));
        }
        if (!Files.exists(folder) && known.remove(folder)) {
            withoutHandler.remove(folder);
            return Optional.of(new FunctionChange(name(folder), folder, FunctionChange.Kind.GONE));
        }
        return Optional.empty();
    }

    private String name(Path folder) {
        return watched.functions().stream()
                .filter(function -> function.folder().equals(folder))
                .map(FunctionFolder::name)
                .findFirst()
                .orElse(String.valueOf(folder.getFileName()));
    }

    /** Nothing is told once this returns, unless it was being told. */
    @Override
    public void close() {
        teller.interrupt();
        try {
            watcher.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "The watch of functions did not end well", e);
        }
    }
}
