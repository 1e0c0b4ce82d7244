package dev.berth.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The head of an HTTP/1 message as it was on the wire. */
record RawHead(String text) {
    private static final int LONGEST = 256 * 1024;

    /** Up to and without the empty line; nothing at the end of the stream. */
    static RawHead read(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int matched = 0;
        while (matched < 4 && head.size() < LONGEST) {
            int c = in.read();
            if (c < 0) {
                if (head.size() == 0) {
                    return new RawHead("");
                }
                throw new EOFException("within a head: " + head.toString(ISO_8859_1));
            }
            head.write(c);
            matched = c == "\r\n\r\n".charAt(matched) ? matched + 1 : c == '\r' ? 1 : 0;
        }
        String text = head.toString(ISO_8859_1);
        return new RawHead(text.substring(0, text.length() - 4));
    }

    boolean isNothing() {
        return text.isEmpty();
    }

    String startLine() {
        return lines().getFirst();
    }

    private List<String> lines() {
        return List.of(text.split("\r\n", -1));
    }

    /** Lines as they came, without the start line. */
    List<String> headerLines() {
        return lines().subList(1, lines().size());
    }

    int status() {
        return Integer.parseInt(startLine().split(" ", -1)[1]);
    }

    List<String> all(String name) {
        List<String> values = new ArrayList<>();
        for (String line : headerLines()) {
            int colon = line.indexOf(':');
            if (colon > 0 && line.substring(0, colon).equalsIgnoreCase(name)) {
                values.add(line.substring(colon + 1).strip());
            }
        }
        return values;
    }

    /** The only value, or nothing. */
    Optional<String> one(String name) {
        List<String> values = all(name);
        if (values.size() > 1) {
            throw new AssertionError(name + " is there " + values.size() + " times: " + text);
        }
        return values.stream().findFirst();
    }

    /** @param request without a length, a request has no body and an answer lasts to the end of the connection */
    byte[] readBody(InputStream in, boolean request) throws IOException {
        if (!request && (status() == 204 || status() == 304)) {
            return new byte[0];
        }
        if (one("transfer-encoding").isPresent()) {
            return readChunks(in);
        }
        Optional<String> length = one("content-length");
        if (length.isEmpty()) {
            return request ? new byte[0] : in.readAllBytes();
        }
        return exactly(in, Integer.parseInt(length.get()));
    }

    private static byte[] readChunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            byte[] chunk = readChunk(in);
            if (chunk.length == 0) {
                return body.toByteArray();
            }
            body.writeBytes(chunk);
        }
    }

    /** One chunk; an empty one is the last. */
    static byte[] readChunk(InputStream in) throws IOException {
        StringBuilder size = new StringBuilder();
        while (size.indexOf("\r\n") < 0) {
            int c = in.read();
            if (c < 0) {
                throw new EOFException("before the last chunk");
            }
            size.append((char) c);
        }
        byte[] chunk = exactly(in, Integer.parseInt(size.toString().strip(), 16));
        exactly(in, 2);
        return chunk;
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("after %d of %d bytes".formatted(bytes.length, length));
        }
        return bytes;
    }
}
