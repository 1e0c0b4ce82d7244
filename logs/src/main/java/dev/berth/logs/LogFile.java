package dev.berth.logs;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lines in a file of bounded size: a full file becomes {@code <name>.1} in place of its predecessor, and a new one
 * begins. Not thread-safe.
 *
 * <p>No channel, which the interrupt of a writer would close: {@link RandomAccessFile} pays no heed to interrupts.
 */
final class LogFile {
    private final Path file;
    private final Path predecessor;
    private final long cap;
    private @Nullable RandomAccessFile current;

    LogFile(Path file, long cap) {
        this.file = file;
        this.predecessor = file.resolveSibling(file.getFileName() + ".1");
        this.cap = cap;
    }

    void append(String line) throws IOException {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        RandomAccessFile open = open();
        if (open.getFilePointer() > 0 && open.getFilePointer() + bytes.length > cap) {
            rest();
            Files.move(file, predecessor, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            open = open();
        }
        long start = open.getFilePointer();
        try {
            open.write(bytes);
        } catch (IOException e) {
            takeBack(open, start, e);
            throw e;
        }
    }

    /** A full disk may have taken half a line. The file is opened anew for the next one. */
    private void takeBack(RandomAccessFile open, long start, IOException reason) {
        try {
            open.setLength(start);
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
        try {
            rest();
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }

    /** The last lines of both files together, oldest first. */
    List<String> tail(int lines) throws IOException {
        List<String> newest = LogTail.of(file, lines);
        if (newest.size() == lines) {
            return newest;
        }
        List<String> all = new ArrayList<>(LogTail.of(predecessor, lines - newest.size()));
        all.addAll(newest);
        return all;
    }

    /** Holds no file open until the next line. */
    void rest() throws IOException {
        RandomAccessFile open = current;
        current = null;
        if (open != null) {
            open.close();
        }
    }

    void delete() throws IOException {
        rest();
        Files.deleteIfExists(file);
        Files.deleteIfExists(predecessor);
    }

    private RandomAccessFile open() throws IOException {
        RandomAccessFile open = current;
        if (open == null) {
            Files.createDirectories(file.getParent());
            open = new RandomAccessFile(file.toFile(), "rw");
            open.seek(open.length());
            current = open;
        }
        return open;
    }
}
