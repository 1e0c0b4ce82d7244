package dev.berth.logs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** The last lines of a file, read from its end in blocks, so that a long file costs no more than a short one. */
final class LogTail {
    private static final int BLOCK = 64 * 1024;

    private LogTail() {}

    /** @return at most {@code lines}, oldest first; none if there is no such file */
    static List<String> of(Path file, int lines) throws IOException {
        if (lines <= 0 || !Files.exists(file)) {
            return List.of();
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long start = startOf(lines, channel);
            ByteBuffer text = ByteBuffer.allocate((int) Math.min(Integer.MAX_VALUE - 8, channel.size() - start));
            read(channel, text, start);
            return StandardCharsets.UTF_8.decode(text).toString().lines().toList();
        }
    }

    /** Where the first of the last lines begins: behind the (lines + 1)th line end from the back. */
    private static long startOf(int lines, FileChannel channel) throws IOException {
        int ends = 0;
        for (long blockEnd = channel.size(); blockEnd > 0; ) {
            long blockStart = Math.max(0, blockEnd - BLOCK);
            ByteBuffer block = ByteBuffer.allocate((int) (blockEnd - blockStart));
            read(channel, block, blockStart);
            for (int i = block.limit() - 1; i >= 0; i--) {
                if (block.get(i) == '\n' && ++ends > lines) {
                    return blockStart + i + 1;
                }
            }
            blockEnd = blockStart;
        }
        return 0;
    }

    private static void read(FileChannel channel, ByteBuffer into, long from) throws IOException {
        while (into.hasRemaining()) {
            if (channel.read(into, from + into.position()) < 0) {
                break;
            }
        }
        into.flip();
    }
}
