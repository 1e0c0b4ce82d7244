package dev.berth.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Text that another process writes into a file; each part of it is taken once. For one thread. */
final class GrowingFile {
    private final Path file;
    private int taken;

    GrowingFile(Path file) {
        this.file = file;
    }

    /** What is new, in whole lines; empty if there is none. */
    String lines() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int end = bytes.length;
        while (end > taken && bytes[end - 1] != '\n') {
            end--;
        }
        return take(bytes, end);
    }

    /** What is new, when nobody writes any more. */
    String rest() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        return take(bytes, bytes.length);
    }

    private String take(byte[] bytes, int end) {
        String fresh = new String(bytes, taken, end - taken, StandardCharsets.UTF_8);
        taken = end;
        return fresh;
    }
}
