package dev.berth.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the simulator knows of WeChat is what the specification says. */
class SpecCopyTest {
    private static final Path SPEC = Path.of("..", "docs", "spec");

    @ParameterizedTest
    @ValueSource(strings = {"openapi-names.json", "errcodes.json"})
    void theTablesAreThoseOfTheSpecification(String file) throws IOException {
        assertThat(Resources.read(file).getBytes()).isEqualTo(Files.readAllBytes(SPEC.resolve(file)));
    }

    @ParameterizedTest
    @EnumSource
    void theErrorsHaveTheirTextsFromTheTable(WeChatError error) {
        assertThat(error.text()).isEqualTo(ErrorTexts.of(error.code())); // OA-48
    }
}
