package dev.berth.runtime.process;

import java.io.FileInputStream;
import java.io.IOException;
import java.util.ArrayDeque;

/**
 * Makes sure that there are descriptors left before a process is started. Java 25 (forkAndExec) closes descriptor 0 of the
 * server when the pipes for a process cannot be made, and that may be any of its files or connections by then; its spawn
 * helper, which inherits what is open, says nothing useful when it cannot load its libraries.
 */
final class Descriptors {
    private static final int NEEDED = 24;

    private Descriptors() {}

    /** @throws IOException "Too many open files" */
    static synchronized void require() throws IOException {
        var open = new ArrayDeque<FileInputStream>(NEEDED);
        try {
            while (open.size() < NEEDED) {
                open.add(new FileInputStream("/dev/null"));
            }
        } finally {
            while (!open.isEmpty()) {
                open.remove().close();
            }
        }
    }
}
