package dev.berth.openapi;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.Set;

/** WeChat's {@code errcode}, read from an answer without building a tree of it. */
final class Errcode {
    static final int NONE = 0;

    /** The token is the fault, not the request (OA-48). */
    private static final Set<Integer> STALE_TOKEN = Set.of(40001, 40014, 42001);

    private static final JsonFactory JSON = new JsonFactory();

    private Errcode() {}

    static boolean isStaleToken(int errcode) {
        return STALE_TOKEN.contains(errcode);
    }

    /** {@link #NONE} also of what is no JSON object: WeChat has answered pictures and texts before. */
    static int of(Buffer body) {
        try (JsonParser parser = JSON.createParser(body.getBytes())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return NONE;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean found = parser.currentName().equals("errcode");
                JsonToken value = parser.nextToken();
                if (found) {
                    return value == JsonToken.VALUE_NUMBER_INT ? parser.getIntValue() : NONE;
                }
                parser.skipChildren();
            }
        } catch (IOException e) {
            return NONE;
        }
        return NONE;
    }
}
