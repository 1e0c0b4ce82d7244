package dev.berth.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tar that is made while it is read, on a thread of its own. If a file cannot be packed, reading fails: a server must never
 * take half a folder for a whole one.
 */
final class PackingStream extends InputStream {
    private static final int CHUNK = 64 * 1024;

    private final PipedInputStream tar = new PipedInputStream(4 * CHUNK);
    private volatile @Nullable Exception failure;

    static PackingStream of(List<FolderEntry> entries) {
        PackingStream stream = new PackingStream();
        try {
            PipedOutputStream pipe = new PipedOutputStream(stream.tar);
            Thread.ofVirtual().name("pack").start(() -> stream.pack(entries, pipe));
            return stream;
        } catch (IOException alreadyConnected) {
            throw new UncheckedIOException(alreadyConnected);
        }
    }

    private void pack(List<FolderEntry> entries, PipedOutputStream pipe) {
        try (pipe) {
            write(entries, pipe);
        } catch (IOException readerGone) {
            failure = readerGone;
        }
    }

    /** Keeps the failure before the pipe is closed, because its end is when the reader looks for one. */
    private void write(List<FolderEntry> entries, PipedOutputStream pipe) {
        try {
            FolderTar.write(entries, new BufferedOutputStream(pipe, CHUNK));
        } catch (IOException | RuntimeException failed) {
            failure = failed;
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = tar.read(buffer, offset, length);
        Exception failed = failure;
        if (count < 0 && failed != null) {
            throw new IOException("packing failed: " + failed.getMessage(), failed);
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }
}
