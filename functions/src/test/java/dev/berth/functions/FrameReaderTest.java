package dev.berth.functions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {
    private static final long LIMIT = 100;

    @Test
    void eachKindIsUnderstood() throws Exception {
        FrameReader frames = reading("""
                {"loaded":{"millis":12.5}}
                {"loaded":{"millis":1,"error":{"name":"E","message":"m","stack":"s"}}}
                {"tooLarge":{"id":"a","size":5000000000}}
                {"failed":{"id":"a","error":{"name":"E","message":"","stack":""}}}
                {"retire":{"reason":"r"}}
                {"inspecting":{"url":"ws://x"}}
                {"portTaken":{"port":9229}}
                {"exit":{"reason":"x"}}
                """);
        var error = new ThrownError("E", "m", "s");

        assertThat(frames.next()).hasValue(new HostFrame.Loaded(new HostLoading.Loaded(Duration.ofNanos(12_500_000))));
        assertThat(frames.next()).hasValue(new HostFrame.Loaded(new HostLoading.Failed(error, Duration.ofMillis(1))));
        assertThat(frames.next()).hasValue(new HostFrame.Ended("a", new HostOutcome.TooLarge(5_000_000_000L)));
        assertThat(frames.next())
                .hasValue(new HostFrame.Ended("a", new HostOutcome.Failed(new ThrownError("E", "", ""))));
        assertThat(frames.next()).hasValue(new HostFrame.Retire("r"));
        assertThat(frames.next()).hasValue(new HostFrame.Inspecting("ws://x"));
        assertThat(frames.next()).hasValue(new HostFrame.PortTaken(9229));
        assertThat(frames.next()).hasValue(new HostFrame.Exit("x"));
        assertThat(frames.next()).isEmpty();
    }

    @Test
    void theResultFollowsItsLineWhateverItHolds() throws Exception {
        FrameReader frames =
                reading("{\"done\":{\"id\":\"a\",\"bytes\":8}}\n\"\n云{\"{{\"retire\":{\"reason\":\"r\"}}\n");

        assertThat(frames.next()).hasValueSatisfying(frame -> {
            var done = (HostOutcome.Done) ((HostFrame.Ended) frame).outcome();
            assertThat(done.result().text()).isEqualTo("\"\n云{\"{");
        });
        assertThat(frames.next()).hasValue(new HostFrame.Retire("r"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"retire\":{\"reason\":\"r\"},\"exit\":{\"reason\":\"r\"}}",
                "{\"sing\":{}}",
                "{\"retire\":7}",
                "{\"retire\":{}}",
                "{\"retire\":{\"reason\":7}}",
                "{\"loaded\":{}}",
                "{\"loaded\":{\"millis\":1,\"error\":null}}",
                "{\"failed\":{\"id\":\"a\"}}",
                "{\"log\":{\"id\":\"a\",\"level\":\"loud\",\"text\":\"t\"}}",
                "{\"log\":{\"id\":7,\"level\":\"info\",\"text\":\"t\"}}",
                "{\"log\":{\"level\":\"info\",\"text\":\"t\"}}",
                "{\"done\":{\"id\":\"a\"}}",
                "{\"retire\":{\"reason\":\"r\"}",
                "{\"retire\":{\"reason\":\"r\"}} more",
                "GET / HTTP/1.1"
            })
    void whatIsNoFrameEndsTheReading(String line) {
        assertThatIOException()
                .isThrownBy(() -> reading(line + "\n").next())
                .withMessage("it sent a line that is no frame (expected: JSON with one known key)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "101", "99999999999", "\"7\"", "7.5", "null"})
    void aResultBeyondTheLimitEndsTheReading(String bytes) {
        assertThatIOException()
                .isThrownBy(() -> reading("{\"done\":{\"id\":\"a\",\"bytes\":%s}}\n".formatted(bytes))
                        .next())
                .withMessageStartingWith("it announced a result of ")
                .withMessageEndingWith(" bytes (expected: 0–100)");
    }

    @Test
    void aResultThatIsCutOffEndsTheReading() {
        assertThatIOException()
                .isThrownBy(() ->
                        reading("{\"done\":{\"id\":\"a\",\"bytes\":5}}\n1234").next())
                .withMessage("it ended in the middle of a result");
    }

    @Test
    void aLineMayHaveAMebibyteAndNoMore() throws Exception {
        String line = "{\"retire\":{\"reason\":\"%s\"}}";
        String text = "x".repeat(FrameReader.LINE_LIMIT - line.length() + 2);

        assertThat(reading(line.formatted(text) + "\n").next()).hasValue(new HostFrame.Retire(text));
        assertThatIOException()
                .isThrownBy(() -> new FrameReader(new Endless(), LIMIT).next())
                .withMessage("it sent a line of more than 1048576 bytes");
    }

    @Test
    void aLineThatIsCutOffIsNoLine() throws Exception {
        assertThat(reading("{\"retire\":{\"reason\":\"r\"}}").next()).isEqualTo(Optional.empty());
    }

    private static FrameReader reading(String text) {
        return new FrameReader(new ByteArrayInputStream(text.getBytes(UTF_8)), LIMIT);
    }

    private static final class Endless extends InputStream {
        @Override
        public int read() throws IOException {
            return 'x';
        }
    }
}
