package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.berth.core.FunctionError;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EventLimitsTest {
    private static final int TEXT = 100 << 10;
    private static final int ALL = 6 << 20;

    @Test
    @Tag("HO-57")
    void takesTextUpToItsLimitAndNotOneByteMore() {
        assertThatCode(() -> EventLimits.check(text(TEXT))).doesNotThrowAnyException();

        assertThat(refusal(text(TEXT + 1)))
                .hasMessageStartingWith("request data size exceeds limit (5M)")
                .hasMessageContaining("102401 bytes of text (expected: at most 102400");
    }

    @Test
    @Tag("HO-57")
    void countsTextInBytesOfUtf8() {
        String chinese = "{\"a\":\"" + "云".repeat((TEXT - 8) / 3) + "\"}";

        assertThatCode(() -> EventLimits.check(chinese)).doesNotThrowAnyException();
        assertThat(refusal(chinese.replace("\"a\"", "\"aaaa\"")).failed().error())
                .isEqualTo(FunctionError.EVENT_TOO_LARGE);
    }

    @Test
    @Tag("HO-57")
    @Tag("WT-71")
    void doesNotCountBuffersAsTextWhereverTheyAre() {
        String bytes = "255, ".repeat(TEXT) + "0";
        String buffer = "{\"data\":[%s],\"type\":\"Buffer\"}".formatted(bytes);

        assertThatCode(() -> EventLimits.check("{\"top\":%s,\"deep\":[{\"x\":%s}]}".formatted(buffer, buffer)))
                .doesNotThrowAnyException();
    }

    @Test
    @Tag("HO-57")
    void takesNothingForABufferThatHoldsText() {
        String text = "a".repeat(TEXT);

        assertThat(refusal("{\"b\":{\"type\":\"Buffer\",\"data\":[1,\"%s\"]}}".formatted(text)))
                .hasMessageContaining("bytes of text");
        assertThat(refusal("{\"b\":{\"type\":\"Buffer\",\"data\":[1,[\"%s\"]]}}".formatted(text)))
                .hasMessageContaining("bytes of text");
        assertThat(refusal("{\"b\":{\"type\":\"Other\",\"data\":[%s1]}}".formatted("1,".repeat(TEXT))))
                .hasMessageContaining("bytes of text");
    }

    @Test
    @Tag("HO-57")
    void boundsAnEventWithItsBuffers() {
        String frame = "{\"b\":{\"type\":\"Buffer\",\"data\":[%s]}}";
        int room = ALL - frame.length() + 2;
        String full = frame.formatted("1" + " ".repeat(room - 1));

        assertThat(full).hasSize(ALL);
        assertThatCode(() -> EventLimits.check(full)).doesNotThrowAnyException();
        assertThat(refusal(frame.formatted("1" + " ".repeat(room)))).hasMessageContaining("in all");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "1",
                "null",
                "\"{}\"",
                "{",
                "{}{}",
                "{} x",
                "{\"a\":}",
                "{a:1}",
                "\uFEFF{}",
                "{\"a\":01}"
            })
    void takesOnlyJsonObjects(String event) {
        InvocationFailure failure = refusal(event);

        assertThat(failure.failed().error()).isEqualTo(FunctionError.EVENT_INVALID);
        assertThat(failure).hasMessageStartingWith("invalid parameters: the event is not a JSON object: ");
    }

    @Test
    void takesWhatJsonAllowsHoweverDeepAndLong() {
        int depth = 20_000;
        String deep = "{\"a\":" + "[".repeat(depth) + "]".repeat(depth) + "}";

        assertThatCode(() -> EventLimits.check(deep)).doesNotThrowAnyException();
        assertThatCode(() -> EventLimits.check("{\"n\":%s}".formatted("9".repeat(50_000))))
                .doesNotThrowAnyException();
        assertThatCode(() -> EventLimits.check(" \n{\"\\u0000\":-0.1E+5,\"type\":1}\t"))
                .doesNotThrowAnyException();
    }

    @Test
    void quotesNothingOfTheEvent() {
        assertThat(refusal("{\"password\":hunter2}"))
                .hasMessageNotContaining("hunter2")
                .hasMessageContaining("character");
    }

    private static InvocationFailure refusal(String event) {
        return catchThrowableOfType(InvocationFailure.class, () -> EventLimits.check(event));
    }

    private static String text(int bytes) {
        return "{\"a\":\"" + "x".repeat(bytes - 8) + "\"}";
    }
}
