package dev.berth.artifacts;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.berth.core.BerthException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** JSON as people write it: comments and trailing commas allowed. Errors name the line. */
public final class JsonFile {
    /** Reads the same JSON from elsewhere. Thread-safe. */
    public static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS, JsonReadFeature.ALLOW_TRAILING_COMMA)
            .build();

    private static final Pattern SOURCE = Pattern.compile(" \\(start marker at \\[Source:.*]\\)");

    private JsonFile() {}

    /**
     * @param code of the refusal
     * @param hint of the refusal: what to do
     * @return an object; anything else in the file is refused
     * @throws BerthException with {@code code}, naming the line where there is one
     */
    public static JsonNode read(Path file, String code, String hint) throws IOException {
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
                            .formatted(file.getFileName(), at.getLineNr(), at.getColumnNr(), fault(e)),
                    hint,
                    e);
        }
    }

    /** Without Jackson's remark on where its input came from, which says nothing to people. */
    private static String fault(JsonProcessingException e) {
        return SOURCE.matcher(e.getOriginalMessage()).replaceAll("");
    }
}
