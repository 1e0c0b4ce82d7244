package dev.berth.functions;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.core.FunctionError;
import java.io.IOException;

/** Which events are taken (HO-57, WT-69). */
final class EventLimits {
    private static final int MOST_BYTES = 6 << 20;
    private static final int MOST_TEXT = 100 << 10;

    private EventLimits() {}

    /** @throws InvocationFailure {@code EVENT_TOO_LARGE}, {@code EVENT_INVALID} */
    static void check(String event) {
        if (event.length() > MOST_BYTES) {
            throw tooLarge("at least %d bytes in all (expected: at most %d)", event.length(), MOST_BYTES);
        }
        int bytes = event.getBytes(UTF_8).length;
        if (bytes > MOST_BYTES) {
            throw tooLarge("%d bytes in all (expected: at most %d)", bytes, MOST_BYTES);
        }
        int text = bytes - sizeOf(event).bufferChars();
        if (text > MOST_TEXT) {
            throw tooLarge("%d bytes of text (expected: at most %d, beside Buffers)", text, MOST_TEXT);
        }
    }

    private static EventSize sizeOf(String event) {
        try {
            return EventSize.of(event);
        } catch (IOException e) {
            throw new InvocationFailure(
                    FunctionError.EVENT_INVALID,
                    "%s: the event is not a JSON object: %s"
                            .formatted(FunctionError.EVENT_INVALID.text(), e.getMessage()),
                    e);
        }
    }

    private static InvocationFailure tooLarge(String has, int bytes, int most) {
        return new InvocationFailure(
                FunctionError.EVENT_TOO_LARGE,
                "%s: the event has %s".formatted(FunctionError.EVENT_TOO_LARGE.text(), has.formatted(bytes, most)));
    }
}
