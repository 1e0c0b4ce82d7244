package dev.berth.runtime.process;

import java.util.ArrayDeque;
import java.util.List;

/** The end of what a program printed, for the message about a failed start. */
final class LastLines {
    private static final int KEPT = 20;
    private static final int WIDTH = 500;

    private final ArrayDeque<String> lines = new ArrayDeque<>();

    synchronized void add(String line) {
        if (lines.size() == KEPT) {
            lines.removeFirst();
        }
        lines.addLast(line.length() > WIDTH ? line.substring(0, WIDTH) + "…" : line);
    }

    synchronized List<String> list() {
        return List.copyOf(lines);
    }
}
