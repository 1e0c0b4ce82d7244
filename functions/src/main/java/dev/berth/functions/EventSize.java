package dev.berth.functions;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How large an event is, as its limits count (HO-57).
 *
 * @param chars of the whole text
 * @param bufferChars those of them, all ASCII, between the brackets of Buffers: {@code {"type":"Buffer","data":[…]}} (WT-71)
 */
record EventSize(int chars, int bufferChars) {
    /** The platform bounds the whole; {@code JSON.parse} has no further limits. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    /** @throws IOException unless the text is one JSON object and nothing else; its message quotes nothing of it */
    static EventSize of(String event) throws IOException {
        try (JsonParser parser = JSON.createParser(event)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("it is no object");
            }
            int buffers = buffers(parser);
            if (parser.nextToken() != null) {
                throw new IOException("something follows the object");
            }
            return new EventSize(event.length(), buffers);
        } catch (com.fasterxml.jackson.core.JacksonException e) {
            throw new IOException(
                    "it is no JSON from character %d on"
                            .formatted(
                                    e.getLocation() == null
                                            ? 0
                                            : e.getLocation().getCharOffset()),
                    e);
        }
    }

    /** Without recursion: how deep an event goes is its sender's choice. */
    private static int buffers(JsonParser parser) throws IOException {
        Deque<Level> levels = new ArrayDeque<>();
        levels.push(new Level(false, 0));
        int buffers = 0;
        while (!levels.isEmpty()) {
            JsonToken token = parser.nextToken();
            if (token == null) {
                throw new IOException("it ends too early");
            }
            Level level = levels.element();
            if (token.isStructStart()) {
                level.numbersOnly = false;
                levels.push(new Level(token == JsonToken.START_ARRAY, offset(parser)));
            } else if (token == JsonToken.END_ARRAY) {
                levels.pop();
                if (level.numbersOnly && "data".equals(parser.currentName())) {
                    levels.element().data = (int) (offset(parser) - level.begin - 1);
                }
            } else if (token == JsonToken.END_OBJECT) {
                levels.pop();
                buffers += level.typed ? level.data : 0;
            } else if (level.array) {
                level.numbersOnly &= token == JsonToken.VALUE_NUMBER_INT;
            } else if (token == JsonToken.VALUE_STRING && parser.currentName().equals("type")) {
                level.typed = parser.getText().equals("Buffer");
            }
        }
        return buffers;
    }

    private static long offset(JsonParser parser) {
        return parser.currentTokenLocation().getCharOffset();
    }

    /** An object or array that is being read. */
    private static final class Level {
        final boolean array;
        final long begin;
        boolean numbersOnly;
        boolean typed;
        int data;

        Level(boolean array, long begin) {
            this.array = array;
            this.begin = begin;
            this.numbersOnly = array;
        }
    }
}
