package dev.berth.cli;

import io.methvin.watcher.DirectoryChangeListener;
import io.methvin.watcher.DirectoryWatcher;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Follows a folder and all below it, also when another folder takes its place: after a clean build, or a {@code git checkout}
 * that went away from it and came back.
 */
final class RootWatch implements AutoCloseable {
    private static final Logger LOG = System.getLogger(RootWatch.class.getName());
    /** No system tells of a folder that is not there yet, or no longer. */
    private static final int LOOK_EVERY_MILLIS = 200;

    private final Path root;
    private final Set<String> neverFollowed;
    private final DirectoryChangeListener listener;
    private final Runnable replaced;
    private final Thread looking;
    private DirectoryWatcher watcher;
    private CompletableFuture<Void> ended;

    /** Of the folder that is watched; null if there is none. */
    private @Nullable Object key;

    private boolean closed;

    /**
     * @param neverFollowed names of folders that are not looked into
     * @param listener told on a thread of this watch
     * @param replaced told, on another one, when the folder is gone, and when there is another one
     */
    RootWatch(Path root, Set<String> neverFollowed, DirectoryChangeListener listener, Runnable replaced)
            throws IOException {
        this.root = root;
        this.neverFollowed = neverFollowed;
        this.listener = listener;
        this.replaced = replaced;
        this.key = keyOf(root);
        this.watcher = newWatcher();
        this.ended = begin(watcher);
        this.looking = Thread.ofVirtual().name("look for " + root).start(this::look);
    }

    private DirectoryWatcher newWatcher() throws IOException {
        return DirectoryWatcher.builder()
                .path(root)
                .fileHashing(false)
                .fileTreeVisitor(new FollowedTree(neverFollowed))
                .listener(listener)
                .build();
    }

    private static CompletableFuture<Void> begin(DirectoryWatcher watcher) throws IOException {
        CompletableFuture<Void> started = watcher.watchAsync(
                loop -> Thread.ofPlatform().daemon().name("watch functions").start(loop));
        if (started.isCompletedExceptionally()) {
            watcher.close();
            throw new IOException(String.valueOf(started.exceptionNow().getMessage()));
        }
        return started;
    }

    private void look() {
        try {
            while (true) {
                Thread.sleep(LOOK_EVERY_MILLIS);
                if (isReplaced()) {
                    replaced.run();
                }
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    /** A watch ends when all that it follows is deleted; of a folder that was renamed it goes on, at another place. */
    private synchronized boolean isReplaced() {
        Object present = keyOf(root);
        boolean same = present != null && present.equals(key) && !ended.isDone();
        if (closed || same || (present == null && key == null)) {
            return false;
        }
        key = present;
        try {
            watcher.close();
            if (present != null) {
                watcher = newWatcher();
                ended = begin(watcher);
            }
        } catch (IOException e) {
            key = null; // it is tried again, as long as the folder is there
            LOG.log(Level.DEBUG, "%s is not watched yet".formatted(root), e);
            return false;
        }
        return true;
    }

    private static @Nullable Object keyOf(Path folder) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(folder, BasicFileAttributes.class);
            return attributes.isDirectory() ? attributes.fileKey() : null;
        } catch (IOException gone) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        looking.interrupt();
        synchronized (this) {
            closed = true;
            watcher.close();
        }
    }
}
