package dev.berth.artifacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.BerthException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonFileTest {
    @TempDir
    Path folder;

    @Test
    void readsWhatPeopleAndTheirEditorsWrite() throws Exception {
        Path file = folder.resolve("config.json");
        Files.writeString(file, "\uFEFF{ // a comment\n \"a\": [1,], /* another */ }", StandardCharsets.UTF_8);
        assertThat(JsonFile.read(file, "CODE", "hint").path("a").get(0).asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"a": {         | config.json, line 1, column 8: Unexpected end-of-input: expected close marker for Object
            {"a": [1        | config.json, line 1, column 9: Unexpected end-of-input: expected close marker for Array
            {"a" 1}         | config.json, line 1, column 6: Unexpected character ('1' (code 49)): was expecting a colon to separate field name and value
            [1]             | config.json: not a JSON object
            """)
    void saysInOneSentenceWhatIsWrongAndWhere(String content, String message) throws Exception {
        Path file = Files.writeString(folder.resolve("config.json"), content);
        assertThatThrownBy(() -> JsonFile.read(file, "CODE", "hint"))
                .isInstanceOf(BerthException.class)
                .hasMessage(message);
    }
}
