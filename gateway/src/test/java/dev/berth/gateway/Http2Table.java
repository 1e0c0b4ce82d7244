package dev.berth.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rows of {@code http2.table}; what stands in it is told at its head. */
final class Http2Table {
    private static final Pattern FRAME = Pattern.compile("([a-z-]+)(?:@(\\d+))?(?: (.*))?");
    private static final Pattern ANY = Pattern.compile("(\\d+) (\\d+)(?: (.*))?");
    private static final int PADDED = 8;
    private static final int PADDING = 16;

    private Http2Table() {}

    /** What is done next: bytes are sent, or the answer of a stream is awaited. */
    sealed interface Step {
        record Send(String bytes) implements Step {}

        record Await(int stream) implements Step {}
    }

    /**
     * One row.
     *
     * @param outcomes as the caller sees them, stream by stream
     * @param ends whether the connection ends after the last of them
     */
    record Row(String group, String name, List<String> outcomes, boolean ends, String frames) {
        /** As sent by a caller with these headers, written as in the table. */
        List<Step> steps(String identity) {
            String bytes = RequestTable.repeat(expand(frames)).replace("{identity}", identity);
            return Pattern.compile(" > ")
                    .splitAsStream(bytes)
                    .map(Http2Table::step)
                    .toList();
        }

        int served() {
            return (int) outcomes.stream().filter("ok"::equals).count();
        }

        @Override
        public String toString() {
            return group + ": " + name;
        }
    }

    static List<Row> rows() {
        return RequestTable.read("http2.table", (group, line) -> {
            List<String> outcomes = new ArrayList<>(line.outcomes());
            boolean ends = outcomes.remove("end");
            return new Row(group, line.name(), outcomes, ends, line.rest());
        });
    }

    /** The words in braces. */
    static String expand(String text) {
        return text.replace("{get}", "{method} & {scheme} & {authority} & {path} & {alice}")
                .replace("{post}", ":method: POST & {scheme} & {authority} & {path} & {alice}")
                .replace("{method}", ":method: GET")
                .replace("{scheme}", ":scheme: http")
                .replace("{authority}", ":authority: gateway.test")
                .replace("{path}", ":path: /row")
                .replace("{alice}", "{identity}");
    }

    private static Step step(String text) {
        Matcher frame = FRAME.matcher(text);
        if (!frame.matches()) {
            throw new IllegalArgumentException("http2.table: " + text + " (expected: a word, @stream, what it holds)");
        }
        int stream = frame.group(2) == null ? 1 : Integer.parseInt(frame.group(2));
        String rest = frame.group(3) == null ? "" : frame.group(3);
        int end = Http2Caller.END_STREAM;
        int whole = Http2Caller.END_HEADERS;
        return switch (frame.group(1)) {
            case "head", "trailers" -> send(Http2Caller.HEADERS, whole | end, stream, block(rest));
            case "open" -> send(Http2Caller.HEADERS, whole, stream, block(rest));
            case "part" -> send(Http2Caller.HEADERS, end, stream, block(rest));
            case "more" -> send(Http2Caller.CONTINUATION, 0, stream, block(rest));
            case "rest" -> send(Http2Caller.CONTINUATION, whole, stream, block(rest));
            case "data" -> send(Http2Caller.DATA, 0, stream, bytes(rest));
            case "last" -> send(Http2Caller.DATA, end, stream, bytes(rest));
            case "padded" -> send(Http2Caller.HEADERS, whole | end | PADDED, stream, pad(block(rest)));
            case "padded-last" -> send(Http2Caller.DATA, end | PADDED, stream, pad(bytes(rest)));
            case "frame" -> any(stream, rest);
            case "bytes" -> new Step.Send(RequestTable.unescapeAll(rest));
            case "wait" -> new Step.Await(stream);
            default -> throw new IllegalArgumentException("http2.table: " + frame.group(1) + " (expected: head, …)");
        };
    }

    private static Step any(int stream, String text) {
        Matcher frame = ANY.matcher(text);
        if (!frame.matches()) {
            throw new IllegalArgumentException("http2.table: frame " + text + " (expected: type flags payload)");
        }
        return send(
                Integer.parseInt(frame.group(1)),
                Integer.parseInt(frame.group(2)),
                stream,
                bytes(frame.group(3) == null ? "" : frame.group(3)));
    }

    private static Step send(int type, int flags, int stream, byte[] payload) {
        return new Step.Send(new String(Http2Caller.frame(type, flags, stream, payload), ISO_8859_1));
    }

    private static byte[] bytes(String text) {
        return RequestTable.unescapeAll(text).getBytes(ISO_8859_1);
    }

    private static byte[] block(String text) {
        return Http2Caller.block(headers(text).toArray(String[]::new));
    }

    /** Names and values in turn, of what is written as in the table. */
    static List<String> headers(String text) {
        List<String> headers = new ArrayList<>();
        if (text.isEmpty()) {
            return headers;
        }
        for (String header : text.split(" & ", -1)) {
            int colon = header.endsWith(":") && !header.contains(": ") ? header.length() - 1 : header.indexOf(": ");
            headers.add(RequestTable.unescapeAll(header.substring(0, colon)));
            headers.add(RequestTable.unescapeAll(header.substring(Math.min(header.length(), colon + 2))));
        }
        return headers;
    }

    private static byte[] pad(byte[] payload) {
        ByteArrayOutputStream padded = new ByteArrayOutputStream();
        padded.write(PADDING);
        padded.writeBytes(payload);
        padded.writeBytes(new byte[PADDING]);
        return padded.toByteArray();
    }
}
