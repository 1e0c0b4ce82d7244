package dev.berth.runtime.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Folders to be removed. They vanish from their place at once, by a move, and from the disk in the background: a program
 * may have made millions of files, and nobody should wait for their removal. What a killed server did not get done, the
 * next one does.
 */
final class Removals {
    private static final System.Logger LOG = System.getLogger(Removals.class.getName());
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final Path folder;
    private final AtomicLong counter = new AtomicLong();
    private final ExecutorService remover = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("removals").factory());

    Removals(Path instancesFolder) throws IOException {
        folder = Files.createDirectories(instancesFolder.resolve("removing"));
    }

    /** All that a folder holds, except this place. */
    void addAllIn(Path instancesFolder) throws IOException {
        try (Stream<Path> old = Files.list(folder)) {
            old.toList().forEach(this::removeLater);
        }
        try (Stream<Path> entries = Files.list(instancesFolder)) {
            entries.filter(entry -> !entry.equals(folder)).toList().forEach(this::add);
        }
    }

    void add(Path path) {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                TreeRemoval.makeWritable(path);
            }
            removeLater(Files.move(path, freeName()));
        } catch (IOException cannotBeMoved) {
            TreeRemoval.remove(path);
        }
    }

    /** Waits for a while; what is not removed by then, the next server removes. */
    void close() {
        remover.shutdown();
        try {
            if (!remover.awaitTermination(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.log(System.Logger.Level.INFO, "the next start goes on removing what is in " + folder);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Path freeName() {
        Path name;
        do {
            name = folder.resolve(String.valueOf(counter.incrementAndGet()));
        } while (Files.exists(name, LinkOption.NOFOLLOW_LINKS));
        return name;
    }

    private void removeLater(Path path) {
        if (!remover.isShutdown()) {
            remover.execute(() -> TreeRemoval.remove(path));
        }
    }
}
