package dev.berth.runtime.process;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/** Cuts bytes into lines of UTF-8; malformed bytes become U+FFFD, and a line beyond the limit continues as another. */
final class LineSplitter {
    static final int LONGEST = 64 * 1024;

    private final Consumer<String> lines;
    private byte[] pending = new byte[256];
    private int length;

    LineSplitter(Consumer<String> lines) {
        this.lines = lines;
    }

    void accept(byte[] bytes, int count) {
        for (int i = 0; i < count; i++) {
            if (bytes[i] == '\n') {
                emit(length > 0 && pending[length - 1] == '\r' ? length - 1 : length);
                length = 0;
            } else {
                append(bytes[i]);
            }
        }
    }

    /** The last line may have no end. */
    void end() {
        if (length > 0) {
            emit(length);
            length = 0;
        }
    }

    private void append(byte next) {
        if (length == LONGEST) {
            int cut = lastCharacterBoundary();
            emit(cut);
            System.arraycopy(pending, cut, pending, 0, length - cut);
            length -= cut;
        }
        if (length == pending.length) {
            pending = Arrays.copyOf(pending, pending.length * 2);
        }
        pending[length++] = next;
    }

    private int lastCharacterBoundary() {
        for (int cut = length - 1; cut > length - 4; cut--) {
            if ((pending[cut] & 0xC0) != 0x80) {
                return cut;
            }
        }
        return length;
    }

    private void emit(int count) {
        lines.accept(new String(pending, 0, count, StandardCharsets.UTF_8));
    }
}
