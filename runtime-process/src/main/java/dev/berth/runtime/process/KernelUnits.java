package dev.berth.runtime.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What a clock tick and a page are in {@code /proc}; the kernel tells every process in its auxiliary vector, getauxval(3). */
final class KernelUnits {
    private static final int PAGE_SIZE = 6;
    private static final int CLOCK_TICKS_PER_SECOND = 17;
    private static final long PAGE = tell(PAGE_SIZE, 4096);
    private static final long TICKS_PER_SECOND = tell(CLOCK_TICKS_PER_SECOND, 100);

    private KernelUnits() {}

    static Duration time(long ticks) {
        return Duration.ofMillis(ticks * 1000 / TICKS_PER_SECOND);
    }

    static long bytes(long pages) {
        return pages * PAGE;
    }

    private static long tell(long type, long otherwise) {
        try {
            ByteBuffer vector = ByteBuffer.wrap(Files.readAllBytes(Path.of("/proc/self/auxv")))
                    .order(ByteOrder.nativeOrder());
            while (vector.remaining() >= 2 * Long.BYTES) {
                if (vector.getLong() == type) {
                    return vector.getLong();
                }
                vector.getLong();
            }
        } catch (IOException hidden) {
            // The usual values, then.
        }
        return otherwise;
    }
}
