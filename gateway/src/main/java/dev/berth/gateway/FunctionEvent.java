package dev.berth.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a client sends for a function (CH-142).
 *
 * @param data the text of a JSON object, as it was sent: a number that no Java type holds stays what it is
 * @param cloudIds by the key in the event, in the order that was sent
 */
record FunctionEvent(String data, Map<String, String> cloudIds) {
    private static final JsonFactory JSON = JsonFactory.builder().build();

    /** Says what is wrong, without what was sent: that is a user's. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;

        Malformed(String message) {
            super(message);
        }
    }

    static FunctionEvent read(Buffer body) throws Malformed {
        String text = decoded(body);
        try (JsonParser parser = JSON.createParser(text)) {
            return read(parser, text);
        } catch (IOException e) {
            throw new Malformed("the body is no JSON");
        }
    }

    private static String decoded(Buffer body) throws Malformed {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body.getBytes()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Malformed("the body is no UTF-8");
        }
    }

    private static FunctionEvent read(JsonParser parser, String text) throws IOException, Malformed {
        require(parser.nextToken(), JsonToken.START_OBJECT, "the body");
        String data = "";
        Map<String, String> cloudIds = Map.of();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("data") && data.isEmpty()) {
                require(value, JsonToken.START_OBJECT, "data");
                data = skipped(parser, text);
            } else if (name.equals("cloudIds") && cloudIds.isEmpty()) {
                require(value, JsonToken.START_OBJECT, "cloudIds");
                cloudIds = texts(parser);
            } else {
                throw new Malformed("a member that is given twice, or is neither data nor cloudIds");
            }
        }
        if (data.isEmpty() || parser.nextToken() != null) {
            throw new Malformed("the body (expected: one object with data)");
        }
        return new FunctionEvent(data, cloudIds);
    }

    private static String skipped(JsonParser parser, String text) throws IOException {
        int from = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        return text.substring(from, (int) parser.currentLocation().getCharOffset());
    }

    private static Map<String, String> texts(JsonParser parser) throws IOException, Malformed {
        Map<String, String> texts = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            require(parser.nextToken(), JsonToken.VALUE_STRING, "a CloudID");
            texts.put(key, parser.getText());
        }
        return texts;
    }

    private static void require(JsonToken found, JsonToken expected, String what) throws Malformed {
        if (found != expected) {
            throw new Malformed(
                    what + " (expected: " + (expected == JsonToken.VALUE_STRING ? "a text" : "an object") + ")");
        }
    }

    /** Nothing of a user. */
    @Override
    public String toString() {
        return "FunctionEvent[" + data.length() + " characters, " + cloudIds.size() + " CloudIDs]";
    }
}
