package dev.berth.runtime.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/** Working copies of versions: at most one pristine per version made ahead, the others made when they are needed. */
final class WorkingCopies {
    private final Path prepared;
    private final Path running;
    private final Removals removals;
    private final ConcurrentMap<Path, CompletableFuture<InstanceFolder>> ahead = new ConcurrentHashMap<>();
    private final AtomicLong counter = new AtomicLong();

    WorkingCopies(Path instancesFolder, Removals removals) throws IOException {
        this.removals = removals;
        prepared = Files.createDirectories(instancesFolder.resolve("prepared"));
        running = Files.createDirectories(instancesFolder.resolve("running"));
    }

    void prepare(Path files) throws IOException {
        var mine = new CompletableFuture<InstanceFolder>();
        if (ahead.putIfAbsent(files, mine) != null) {
            return;
        }
        Path root = prepared.resolve(String.valueOf(counter.incrementAndGet()));
        try {
            mine.complete(InstanceFolder.withCopy(root, files));
        } catch (IOException | RuntimeException e) {
            ahead.remove(files, mine);
            mine.completeExceptionally(e);
            removals.add(root);
            throw e;
        }
    }

    /** Takes what was prepared, waiting for a copy in the making rather than competing with it. */
    InstanceFolder take(Path files, String instanceId) throws IOException {
        Path root = running.resolve(instanceId);
        Optional<InstanceFolder> pristine =
                Optional.ofNullable(ahead.remove(files)).flatMap(WorkingCopies::await);
        if (pristine.isPresent()) {
            return pristine.get().moveTo(root);
        }
        return make(root, () -> InstanceFolder.withCopy(root, files));
    }

    /** Without a copy; what was prepared stays. */
    InstanceFolder inPlace(Path files, String instanceId) throws IOException {
        Path root = running.resolve(instanceId);
        return make(root, () -> InstanceFolder.inPlace(root, files));
    }

    private interface Making {
        InstanceFolder make() throws IOException;
    }

    private InstanceFolder make(Path root, Making making) throws IOException {
        try {
            return making.make();
        } catch (IOException | RuntimeException e) {
            removals.add(root);
            throw e;
        }
    }

    void discard(Path files) {
        Optional.ofNullable(ahead.remove(files))
                .flatMap(WorkingCopies::await)
                .ifPresent(folder -> removals.add(folder.root()));
    }

    void discardAll() {
        ahead.keySet().forEach(this::discard);
    }

    private static Optional<InstanceFolder> await(CompletableFuture<InstanceFolder> copy) {
        try {
            return Optional.of(copy.join());
        } catch (CompletionException failedThere) {
            return Optional.empty();
        }
    }
}
