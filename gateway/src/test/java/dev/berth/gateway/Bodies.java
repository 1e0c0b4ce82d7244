package dev.berth.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Random;

/** Bodies as they stand on the wire. */
final class Bodies {
    /** The head of an answer whose chunks follow. */
    static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

    private Bodies() {}

    /** The same bytes for the same length. */
    static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    /** A whole answer that tells its length. */
    static String answerWithLength(byte[] body) {
        return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length + "\r\n\r\n" + new String(body, ISO_8859_1);
    }

    static String chunk(byte[] body) {
        return Integer.toHexString(body.length) + "\r\n" + new String(body, ISO_8859_1) + "\r\n";
    }

    static String chunkOfLetters(int length) {
        return chunk("a".repeat(length).getBytes(ISO_8859_1));
    }
}
