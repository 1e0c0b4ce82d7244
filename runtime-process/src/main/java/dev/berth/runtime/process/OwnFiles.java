package dev.berth.runtime.process;

import dev.berth.core.InstanceRuntime.PrivateFiles;
import dev.berth.core.InstanceRuntime.Surroundings;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Gives instances the files that only they see, where the machine lets it. Whether it does is found out once, while the
 * server starts, by doing it.
 *
 * <p>Names are the instance's own for all that looks into {@code hosts}: the C libraries, and resolvers of their own such as
 * Go's. They are not for a program that asks a name server itself, nor where {@code nscd} answers from what it keeps for
 * the whole machine.
 */
final class OwnFiles {
    private final CompletableFuture<Finding> finding = new CompletableFuture<>();

    /** @param namespace if possible */
    record Finding(PrivateFiles told, Optional<MountNamespace> namespace) {
        static Finding possible(String how, MountNamespace namespace) {
            return new Finding(new PrivateFiles(true, how), Optional.of(namespace));
        }

        static Finding impossible(String why) {
            return new Finding(new PrivateFiles(false, "not possible: " + why), Optional.empty());
        }
    }

    /** Does not wait for the finding. */
    OwnFiles(OwnFilesProbe probe) {
        Thread.ofPlatform().daemon().name("probe of own files").start(() -> {
            var _ = finding.completeAsync(probe::find, Runnable::run);
        });
    }

    PrivateFiles told() {
        return finding.join().told();
    }

    /**
     * Without a copy of its own, an instance gets its files to read only (HO-55).
     *
     * @param folder of an instance that has not begun
     */
    MountNamespace.Commands arrange(Surroundings surroundings, InstanceFolder folder) throws IOException {
        if (surroundings.isEmpty() && folder.hasCopy()) {
            return MountNamespace.Commands.NONE;
        }
        Optional<MountNamespace> namespace = finding.join().namespace();
        return namespace.isEmpty()
                ? MountNamespace.Commands.NONE
                : namespace.get().commands(folder, InstanceMounts.write(folder, surroundings));
    }
}
