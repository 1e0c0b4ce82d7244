package dev.berth.functions;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.berth.core.AdminActions;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** JSON whose values keep the spelling they were sent in: signatures are of it, and numbers may be longer than a double. */
final class RawJson {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(AdminActions.LONGEST_BODY)
                    .build())
            .build();

    private RawJson() {}

    /**
     * The members of an object by name, in their order, each as it was written; of a name that comes twice the last.
     *
     * @throws IOException with what was wrong, if the text is no JSON object
     */
    static Map<String, String> members(String text) throws IOException {
        Map<String, String> members = new LinkedHashMap<>();
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("it is no JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                int begin = offset(parser.currentTokenLocation().getCharOffset());
                parser.skipChildren();
                parser.finishToken();
                members.put(
                        name,
                        text.substring(begin, offset(parser.currentLocation().getCharOffset())));
            }
            requireEnd(parser);
            return members;
        } catch (JsonProcessingException e) {
            throw new IOException("it is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** Whether the text is one JSON value, and nothing else. */
    static boolean isValue(String text) {
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() == null) {
                return false;
            }
            parser.skipChildren();
            requireEnd(parser);
            return true;
        } catch (IOException notJson) {
            return false;
        }
    }

    /** The text that a JSON string stands for; empty for any other value. */
    static Optional<String> text(String value) {
        if (!value.startsWith("\"")) {
            return Optional.empty();
        }
        try (JsonParser parser = JSON.createParser(value)) {
            return parser.nextToken() == JsonToken.VALUE_STRING ? Optional.of(parser.getText()) : Optional.empty();
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }

    static String quoted(String text) {
        return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
    }

    private static int offset(long offset) {
        return Math.toIntExact(offset);
    }

    private static void requireEnd(JsonParser parser) throws IOException {
        if (parser.nextToken() != null) {
            throw new IOException("something follows the JSON value");
        }
    }
}
