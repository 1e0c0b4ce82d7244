package dev.berth.logs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lines in a file of bounded size: a full file becomes {@code <name>.1} in place of its predecessor, and a new one
 * begins. Not thread-safe.
 */
final class LogFile {
    private final Path file;
    private final Path predecessor;
    private final long cap;
    private @Nullable FileChannel channel;

    LogFile(Path file, long cap) {
        this.file = file;
        this.predecessor = file.resolveSibling(file.getFileName() + ".1");
        this.cap = cap;
    }

    void append(String line) throws IOException {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(line + "\n");
        FileChannel open = open();
        if (open.position() > 0 && open.position() + bytes.remaining() > cap) {
            rest();
            Files.move(file, predecessor, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            open = open();
        }
        long start = open.position();
        try {
            while (bytes.hasRemaining()) {
                open.write(bytes);
            }
        } catch (IOException e) {
            takeBack(open, start, e);
            throw e;
        }
    }

    /** A full disk may have taken half a line. The file is opened anew for the next one. */
    private void takeBack(FileChannel open, long start, IOException reason) {
        try {
            open.truncate(start);
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
        FileChannel open = channel;
        channel = null;
        if (open != null) {
            open.close();
        }
    }

    void delete() throws IOException {
        rest();
        Files.deleteIfExists(file);
        Files.deleteIfExists(predecessor);
    }

    private FileChannel open() throws IOException {
        FileChannel open = channel;
        if (open == null) {
            Files.createDirectories(file.getParent());
            open = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            open.position(open.size());
            channel = open;
        }
        return open;
    }
}
