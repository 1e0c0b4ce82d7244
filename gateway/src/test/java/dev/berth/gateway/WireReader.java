package dev.berth.gateway;

import dev.berth.gateway.SeenRequest.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds requests in the bytes of a connection, as services of several habits would. Where two of them disagree, a
 * request is hidden in another one.
 */
enum WireReader {
    /** Nothing but RFC 9112. */
    STRICT(Pattern.compile("\r\n"), true),
    /** Any line end, any spelling, any number that a line begins with; chunks count more than a length. */
    CARELESS_CHUNKS_FIRST(Pattern.compile("\r\n|\r|\n"), true),
    /** The same, and a length counts more than chunks. */
    CARELESS_LENGTH_FIRST(Pattern.compile("\r\n|\r|\n"), false);

    private static final Pattern START =
            Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+) ([^ \\t\\r\\n\\x0b\\f]+) HTTP/1\\.[01]");
    private static final Pattern CARELESS_START = Pattern.compile("\\s*(\\S*)\\s*(\\S*).*", Pattern.DOTALL);
    private static final Pattern NUMBER = Pattern.compile("\\D*(\\d{1,18})");
    private static final Pattern SIZE = Pattern.compile("[0-9a-fA-F]{1,7}");
    private static final Pattern CARELESS_SIZE = Pattern.compile("\\s*[+-]?(?:0[xX])?([0-9a-fA-F]{1,7})");

    private final Pattern lineEnd;
    private final boolean chunksFirst;

    WireReader(Pattern lineEnd, boolean chunksFirst) {
        this.lineEnd = lineEnd;
        this.chunksFirst = chunksFirst;
    }

    /** The bytes cannot be a request to this reader. */
    static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /** Where the request began. */
        private int at;

        Malformed(String message) {
            super(message);
        }
    }

    /** @param end where the next one begins; the request may be incomplete and reach to the end of the bytes */
    record Found(SeenRequest request, int end) {}

    /** All requests, the last of which may be incomplete; not one of which only a part of the head is there. */
    List<Found> read(String bytes) {
        List<Found> all = new ArrayList<>();
        int at = 0;
        while (at < bytes.length()) {
            Optional<Found> found = tryOne(bytes, at);
            if (found.isEmpty()) {
                return all;
            }
            all.add(found.get());
            at = found.get().end();
        }
        return all;
    }

    /** The same, up to what cannot be a request. */
    List<Found> readUpToFault(String bytes) {
        for (int end = bytes.length(); ; ) {
            try {
                return read(bytes.substring(0, end));
            } catch (Malformed e) {
                end = e.at;
            }
        }
    }

    private Optional<Found> tryOne(String bytes, int at) {
        try {
            return readOne(bytes, at);
        } catch (Malformed e) {
            e.at = at;
            throw e;
        }
    }

    private Optional<Found> readOne(String bytes, int from) {
        Matcher ends = lineEnd.matcher(bytes);
        List<String> lines = new ArrayList<>();
        int at = from;
        while (ends.find(at)) {
            String line = bytes.substring(at, ends.start());
            at = ends.end();
            if (line.isEmpty()) {
                if (!lines.isEmpty()) {
                    return Optional.of(readBody(bytes, at, lines));
                }
            } else {
                lines.add(line);
            }
        }
        return Optional.empty();
    }

    private Found readBody(String bytes, int at, List<String> lines) {
        Matcher start = (this == STRICT ? START : CARELESS_START).matcher(lines.getFirst());
        if (!start.matches()) {
            throw new Malformed("request line: " + lines.getFirst());
        }
        List<Field> fields = lines.stream().skip(1).map(this::field).toList();
        List<String> lengths = values(fields, "content-length");
        boolean chunked = values(fields, "transfer-encoding").stream()
                .anyMatch(value -> value.toLowerCase(Locale.ROOT).contains("chunked"));
        if (this == STRICT
                && lengths.size() + values(fields, "transfer-encoding").size() > 1) {
            throw new Malformed("two framings: " + fields);
        }
        boolean useChunks = chunked && (chunksFirst || lengths.isEmpty());
        Body body = useChunks ? chunks(bytes, at) : counted(bytes, at, lengths);
        SeenRequest request = new SeenRequest(start.group(1), start.group(2), fields, body.text(), body.complete());
        return new Found(request, body.end());
    }

    private Field field(String line) {
        int colon = line.indexOf(':');
        if (this == STRICT && colon <= 0) {
            throw new Malformed("header: " + line);
        }
        return colon < 0
                ? new Field(line, "")
                : new Field(line.substring(0, colon), line.substring(colon + 1).strip());
    }

    private List<String> values(List<Field> fields, String name) {
        return fields.stream()
                .filter(field -> this == STRICT
                        ? field.name().equalsIgnoreCase(name)
                        : careless(field.name()).equals(name))
                .map(Field::value)
                .toList();
    }

    private static String careless(String name) {
        return name.strip().toLowerCase(Locale.ROOT).replaceAll("\0.*", "").replaceAll("[^a-z0-9]", "-");
    }

    private record Body(String text, int end, boolean complete) {}

    private Body counted(String bytes, int at, List<String> lengths) {
        if (lengths.isEmpty()) {
            return new Body("", at, true);
        }
        Matcher number = NUMBER.matcher(lengths.getLast());
        if (!number.lookingAt()) {
            return new Body("", at, true);
        }
        long end = at + Long.parseLong(number.group(1));
        int read = (int) Math.min(end, bytes.length());
        return new Body(bytes.substring(at, read), read, end == read);
    }

    private Body chunks(String bytes, int start) {
        StringBuilder body = new StringBuilder();
        int at = start;
        Matcher ends = lineEnd.matcher(bytes);
        while (ends.find(at)) {
            int size = size(bytes.substring(at, ends.start()));
            at = ends.end();
            if (size == 0) {
                return skipTrailers(bytes, at, body);
            }
            if (at + size > bytes.length()) {
                break;
            }
            body.append(bytes, at, at + size);
            at += size;
            if (!ends.find(at) || ends.start() != at) {
                break;
            }
            at = ends.end();
        }
        return new Body(body.toString(), bytes.length(), false);
    }

    private int size(String line) {
        Matcher size = (this == STRICT ? SIZE : CARELESS_SIZE).matcher(line);
        if (this == STRICT ? !size.matches() : !size.lookingAt()) {
            throw new Malformed("size of a chunk: " + line);
        }
        return Integer.parseInt(this == STRICT ? size.group() : size.group(1), 16);
    }

    private Body skipTrailers(String bytes, int start, StringBuilder body) {
        Matcher ends = lineEnd.matcher(bytes);
        int at = start;
        while (ends.find(at)) {
            boolean last = ends.start() == at;
            at = ends.end();
            if (last) {
                return new Body(body.toString(), at, true);
            }
        }
        return new Body(body.toString(), bytes.length(), false);
    }
}
