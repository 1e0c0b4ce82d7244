package dev.berth.artifacts;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Keeps what the disk refuses apart from what a sender does wrong, where both are an {@link IOException}. */
final class Disk {
    private Disk() {}

    interface Work {
        void run() throws IOException;
    }

    interface Opening<T> {
        T run() throws IOException;
    }

    static void writing(Work work) {
        try {
            work.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static <T> T opening(Opening<T> opening) {
        try {
            return opening.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
