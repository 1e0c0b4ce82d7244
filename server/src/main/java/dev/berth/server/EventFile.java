package dev.berth.server;

import dev.berth.core.BerthException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Consumer;

/**
 * Lines in a file of bounded size: a full file becomes {@code <name>.1} in place of its predecessor. A line is in the
 * operating system's hands when {@link #append} returns, so it survives the end of the process, but not a power cut. Not
 * thread-safe. Written through a stream, for a channel would be closed by the interruption of a thread that writes.
 */
final class EventFile implements AutoCloseable {
    private static final byte LINE_END = '\n';

    private final Path file;
    private final Path predecessor;
    private final long cap;
    private FileOutputStream output;
    private long size;

    private EventFile(Path file, long cap) throws IOException {
        this.file = file;
        this.predecessor = file.resolveSibling(file.getFileName() + ".1");
        this.cap = cap;
        this.output = new FileOutputStream(file.toFile(), true);
        this.size = Files.size(file);
    }

    /**
     * @param past told each line that is there, oldest first; the last one may be a half
     * @throws BerthException {@code DATA_UNUSABLE}
     */
    static EventFile open(Path file, long cap, Consumer<String> past) {
        try {
            EventFile opened = new EventFile(file, cap);
            opened.read(opened.predecessor, past);
            opened.read(file, past);
            opened.endHalfLine();
            return opened;
        } catch (IOException e) {
            throw DataFolder.unusable("events: %s cannot be used: %s".formatted(file, e), e);
        }
    }

    private void read(Path path, Consumer<String> past) throws IOException {
        if (Files.exists(path)) {
            // bytes that are not UTF-8 are what a crash of the machine may leave; their line is not an event then
            new String(Files.readAllBytes(path), StandardCharsets.UTF_8).lines().forEach(past);
        }
    }

    private void endHalfLine() throws IOException {
        if (size == 0) {
            return;
        }
        try (RandomAccessFile written = new RandomAccessFile(file.toFile(), "r")) {
            written.seek(size - 1);
            if (written.readByte() != LINE_END) {
                write(new byte[] {LINE_END});
            }
        }
    }

    void append(String line) throws IOException {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        if (size > 0 && size + bytes.length > cap) {
            output.close();
            Files.move(file, predecessor, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            output = new FileOutputStream(file.toFile(), true);
            size = 0;
        }
        write(bytes);
    }

    private void write(byte[] bytes) throws IOException {
        output.write(bytes);
        size += bytes.length;
    }

    @Override
    public void close() throws IOException {
        output.close();
    }
}
