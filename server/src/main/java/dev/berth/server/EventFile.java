package dev.berth.server;

import dev.berth.core.BerthException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Lines in a file of bounded size: a full file becomes {@code <name>.1} in place of its predecessor. A line is in the
 * operating system's hands when {@link #append} returns, so it survives the end of the process, but not a power cut. Not
 * thread-safe.
 */
final class EventFile implements AutoCloseable {
    private final Path file;
    private final Path predecessor;
    private final long cap;
    private FileChannel channel;

    private EventFile(Path file, long cap) throws IOException {
        this.file = file;
        this.predecessor = file.resolveSibling(file.getFileName() + ".1");
        this.cap = cap;
        this.channel = open();
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
        long size = channel.size();
        ByteBuffer last = ByteBuffer.allocate(1);
        if (size > 0 && channel.read(last, size - 1) == 1 && last.get(0) != '\n') {
            write(ByteBuffer.wrap(new byte[] {'\n'}));
        }
    }

    void append(String line) throws IOException {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(line + "\n");
        if (channel.position() > 0 && channel.position() + bytes.remaining() > cap) {
            channel.close();
            Files.move(file, predecessor, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            channel = open();
        }
        write(bytes);
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private FileChannel open() throws IOException {
        FileChannel opened = FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
        opened.position(opened.size());
        return opened;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
