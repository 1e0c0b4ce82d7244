package dev.berth.gateway;

import io.netty.buffer.ByteBuf;
import java.util.Optional;

/**
 * Looks at the lines that tell the sizes of chunks (RFC 9112, section 7.1) before Netty does, which lets a size overflow
 * to a small one and takes {@code 5 and more} for 5. Chunk extensions are refused: no caller of the channel has a use for
 * them, readers disagree about where they end, and Netty understands some of them only.
 */
final class ChunkLines {
    private static final int MOST_DIGITS = 8;

    /** Bytes up to the next line of a size, or -1 behind the last. */
    private long ahead;

    private String fault = "";

    /** For the next body. */
    void restart() {
        ahead = 0;
        fault = "";
    }

    /** Judges the line of a size, if one comes next and is there as a whole. */
    void read(ByteBuf in) {
        if (ahead != 0) {
            return;
        }
        long size = 0;
        int digits = 0;
        int at = in.readerIndex();
        for (; at < in.writerIndex() && digits <= MOST_DIGITS; at++, digits++) {
            int digit = Character.digit(in.getByte(at), 16);
            if (digit < 0) {
                break;
            }
            size = size * 16 + digit;
        }
        if (at == in.writerIndex()) {
            return; // look again when there is more
        }
        if (digits == 0 || digits > MOST_DIGITS || in.getByte(at) != '\r') {
            fault = "the size of a chunk (expected: 1 to %d hexadecimal digits)".formatted(MOST_DIGITS);
        } else if (at + 1 < in.writerIndex()) {
            take(in.getByte(at + 1), size, digits);
        }
    }

    private void take(byte behindReturn, long size, int digits) {
        if (behindReturn != '\n') {
            fault = "the size of a chunk (expected: CR LF behind it)";
            return;
        }
        ahead = size == 0 ? -1 : digits + 2 + size + 2;
    }

    /** So many bytes are not among the readable ones any more. */
    void consumed(int bytes) {
        if (ahead > 0) {
            ahead -= bytes;
        }
    }

    Optional<String> fault() {
        return fault.isEmpty() ? Optional.empty() : Optional.of(fault);
    }
}
