package dev.berth.functions;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.berth.core.SecretText;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Frames as they come from a host: lines of JSON with one key, their kind; after a line of kind {@code done} come the
 * {@code bytes} of the result. What they tell holds no {@link SecretText}; a result is as the function made it. Not safe
 * for use by several threads.
 */
final class FrameReader {
    /** A log line has 64 KiB of text and as much of fields; each byte may become six. */
    static final int LINE_LIMIT = 1024 * 1024;

    private static final int BUFFER_BYTES = 64 * 1024;
    private static final ObjectReader JSON =
            new ObjectMapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final InputStream input;
    private final long limit;

    FrameReader(InputStream input, long limit) {
        this.input = new BufferedInputStream(input, BUFFER_BYTES);
        this.limit = limit;
    }

    /**
     * Waits for the next frame; empty when the host has closed the connection.
     *
     * @throws IOException if the connection broke, or what came is no frame or is beyond the limits
     */
    Optional<HostFrame> next() throws IOException {
        Optional<byte[]> line = line();
        if (line.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(frame(JSON.readTree(masked(line.get()))));
        } catch (JacksonException | IllegalArgumentException e) {
            throw new IOException("it sent a line that is no frame (expected: JSON with one known key)", e);
        }
    }

    private Optional<byte[]> line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = input.read(); next != '\n'; next = input.read()) {
            if (next < 0) {
                return Optional.empty();
            }
            if (line.size() == LINE_LIMIT) {
                throw new IOException("it sent a line of more than %d bytes".formatted(LINE_LIMIT));
            }
            line.write(next);
        }
        return Optional.of(line.toByteArray());
    }

    /** A character for each byte: quick, and nothing of what is no UTF-8 gets lost. */
    private static byte[] masked(byte[] line) {
        String text = new String(line, ISO_8859_1);
        String masked = SecretText.masked(text);
        return masked.equals(text) ? line : masked.getBytes(ISO_8859_1);
    }

    private HostFrame frame(JsonNode line) throws IOException {
        if (line.size() != 1 || !line.isObject()) {
            throw new IllegalArgumentException("not an object with one key");
        }
        Map.Entry<String, JsonNode> only = line.properties().iterator().next();
        JsonNode content = only.getValue();
        return switch (only.getKey()) {
            case "loaded" -> new HostFrame.Loaded(loading(content));
            case "log" -> new HostFrame.Log(log(content));
            case "done" -> new HostFrame.Ended(text(content, "id"), new HostOutcome.Done(payload(content)));
            case "failed" -> new HostFrame.Ended(text(content, "id"), new HostOutcome.Failed(error(content)));
            case "tooLarge" ->
                new HostFrame.Ended(
                        text(content, "id"),
                        new HostOutcome.TooLarge(content.required("size").asLong()));
            case "retire" -> new HostFrame.Retire(text(content, "reason"));
            case "inspecting" -> new HostFrame.Inspecting(text(content, "url"));
            case "portTaken" -> new HostFrame.PortTaken(content.required("port").asInt());
            case "exit" -> new HostFrame.Exit(text(content, "reason"));
            default -> throw new IllegalArgumentException("unknown kind");
        };
    }

    private JsonText payload(JsonNode content) throws IOException {
        JsonNode bytes = content.required("bytes");
        if (!bytes.canConvertToInt() || !bytes.isIntegralNumber() || bytes.intValue() < 0 || bytes.intValue() > limit) {
            throw new IOException("it announced a result of %s bytes (expected: 0–%d)".formatted(bytes, limit));
        }
        byte[] payload = input.readNBytes(bytes.intValue());
        if (payload.length < bytes.intValue()) {
            throw new IOException("it ended in the middle of a result");
        }
        return JsonText.of(payload);
    }

    private static HostLoading loading(JsonNode content) {
        var took = Duration.ofNanos((long) (content.required("millis").asDouble() * 1e6));
        return content.has("error") ? new HostLoading.Failed(error(content), took) : new HostLoading.Loaded(took);
    }

    private static HostLog log(JsonNode content) {
        JsonNode id = content.required("id");
        return new HostLog(
                id.isNull() ? Optional.empty() : Optional.of(text(content, "id")),
                HostLog.Level.valueOf(text(content, "level").toUpperCase(Locale.ROOT)),
                text(content, "text"),
                Optional.ofNullable(content.get("fields")));
    }

    private static ThrownError error(JsonNode content) {
        JsonNode error = content.required("error");
        return new ThrownError(text(error, "name"), text(error, "message"), text(error, "stack"));
    }

    private static String text(JsonNode content, String key) {
        JsonNode value = content.required(key);
        if (!value.isTextual()) {
            throw new IllegalArgumentException(key + " is not text");
        }
        return value.textValue();
    }
}
