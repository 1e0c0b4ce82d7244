package dev.berth.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** A request of the native channel in the making: right as it is, until a test makes it wrong. */
final class Ask {
    private final String requestLine;
    private final List<String> headers = new ArrayList<>();
    private byte[] body = {};

    Ask(String requestLine) {
        this.requestLine = requestLine;
    }

    /** Adds a line, whatever is in it. */
    Ask line(String line) {
        headers.add(line);
        return this;
    }

    /** Puts the header in the place of all others of that name. */
    Ask with(String name, String value) {
        return without(name).line(name + ": " + value);
    }

    Ask without(String name) {
        headers.removeIf(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1));
        return this;
    }

    Ask body(String contentType, byte[] bytes) {
        return with("Content-Type", contentType)
                .with("Content-Length", "" + bytes.length)
                .bytes(bytes);
    }

    /** What comes after the head. */
    Ask bytes(byte[] bytes) {
        body = bytes;
        return this;
    }

    Ask bytes(String latin1) {
        return bytes(latin1.getBytes(ISO_8859_1));
    }

    byte[] toBytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes((requestLine + "\r\n" + String.join("\r\n", headers) + "\r\n\r\n").getBytes(ISO_8859_1));
        out.writeBytes(body);
        return out.toByteArray();
    }
}
