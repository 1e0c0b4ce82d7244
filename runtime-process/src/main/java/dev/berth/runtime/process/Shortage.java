package dev.berth.runtime.process;

import dev.berth.core.BerthException;
import dev.berth.core.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the machine has run out of, read from the words of the C library in which Java passes it on. */
final class Shortage {
    private static final long HARDLY_ANY_ROOM = 64 * 1024;

    private Shortage() {}

    /**
     * @param what could not be done, for people
     * @param folder the place on disk that it needed
     */
    static Optional<BerthException> in(Exception failure, String what, Path folder) {
        // An UncheckedIOException, too, holds the words of its cause.
        String said = String.valueOf(failure.getMessage());
        if (said.contains("No space left on device") || said.contains("Disk quota exceeded")) {
            return Optional.of(noRoom(what, folder, failure));
        }
        if (said.contains("Too many open files")) {
            return Optional.of(StartProblem.startFailed(
                    what + ": the server has too many open files",
                    "raise the limit before the server is started (`ulimit -n 65536`), or stop some instances",
                    failure));
        }
        if (said.contains("Resource temporarily unavailable") || said.contains("error=11,")) {
            return Optional.of(noProcess(what, failure));
        }
        return said.contains("Cannot allocate memory") || said.contains("error=12,")
                ? Optional.of(StartProblem.startFailed(
                        what + ": the machine has no memory left", "stop some instances or other programs", failure))
                : Optional.empty();
    }

    static BerthException noRoom(String what, Path folder, Exception failure) {
        return new BerthException(
                new Problem(
                        "STORAGE_FAILED",
                        StartProblem.COMPONENT,
                        "%s: the disk of %s is full, or its quota is used up".formatted(what, folder),
                        "free some room there, or choose a data folder on another disk, and call again"),
                failure);
    }

    static BerthException noProcess(String what, Exception failure) {
        return StartProblem.startFailed(
                what + ": the system gave no new process",
                "stop some instances or other programs, or raise the limit of processes (`ulimit -u`, or the one of the"
                        + " container)",
                failure);
    }

    /** For a program that ended for no reason that was told. */
    static boolean hasNoRoom(@Nullable Path folder) {
        try {
            return folder != null && Files.getFileStore(folder).getUsableSpace() < HARDLY_ANY_ROOM;
        } catch (IOException unknown) {
            return false;
        }
    }
}
