package dev.berth.hosting;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** JSON as people write it: comments and trailing commas allowed. Errors name the line. */
final class JsonFile {
    static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS, JsonReadFeature.ALLOW_TRAILING_COMMA)
            .build();

    private JsonFile() {}

    /** @return an object; anything else in the file is refused with {@code code} */
    static JsonNode read(Path file, String code, String hint) throws IOException {
        byte[] content = Files.readAllBytes(file);
        try {
            JsonNode json = MAPPER.readTree(content);
            if (!json.isObject()) {
                throw Refused.because(code, "%s: not a JSON object".formatted(file.getFileName()), hint);
            }
            return json;
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            throw Refused.because(
                    code,
                    "%s, line %d, column %d: %s"
                            .formatted(file.getFileName(), at.getLineNr(), at.getColumnNr(), e.getOriginalMessage()),
                    hint,
                    e);
        }
    }
}
