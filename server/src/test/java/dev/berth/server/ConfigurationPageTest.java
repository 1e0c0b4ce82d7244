package dev.berth.server;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/configuration.md says every key, and no other, as the code has it. */
final class ConfigurationPageTest {
    private static final Path PAGE = Path.of("../docs/configuration.md");
    private static final Path HERE = Path.of("");

    @Test
    void everyKeyIsDescribedAsItIs() throws Exception {
        Map<String, Object> up = ConfigKeys.of(ServerConfig.forUp(HERE));
        List<String> rows = new ArrayList<>();
        ConfigKeys.of(ServerConfig.forServe(HERE))
                .forEach((key, value) -> rows.add("| `%s` | %s | %s%s | `%s` |"
                        .formatted(
                                key,
                                type(value),
                                code(value),
                                value.equals(up.get(key)) ? "" : " (up: " + code(requireNonNull(up.get(key))) + ")",
                                ConfigVariables.nameOf(key))));

        assertThat(tableRows().map(row -> row.replaceAll("[^|]*\\|$", ""))).containsExactlyElementsOf(rows);
        assertThat(tableRows()).allMatch(row -> row.matches(".*\\| [^|]{5,} \\|"));
    }

    @Test
    void theExampleIsAccepted(@TempDir Path folder) throws IOException {
        String yaml = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(PAGE))
                .results()
                .map(match -> match.group(1))
                .findFirst()
                .orElseThrow();
        Path file = Files.writeString(folder.resolve("server.yaml"), yaml);

        Configuration read = Configuration.load(ServerConfig.forServe(HERE), Optional.of(file), Map.of());

        assertThat(read.values().sessions().unused()).isEqualTo(Duration.ofHours(2));
        Bindings.requireSafe(read.values());
    }

    private static java.util.stream.Stream<String> tableRows() throws IOException {
        String keys = Pattern.compile("## Keys\n(.*?)\n## ", Pattern.DOTALL)
                .matcher(Files.readString(PAGE))
                .results()
                .map((MatchResult match) -> match.group(1))
                .findFirst()
                .orElseThrow();
        return keys.lines().filter(line -> line.startsWith("| `"));
    }

    private static String type(Object value) {
        return switch (value) {
            case Integer number -> "number";
            case Duration time -> "time";
            case DataSize size -> "size";
            case List<?> list -> "list";
            case String text -> "text";
            case Path path -> "text";
            default -> "`" + ConfigText.expected(value).replace(" or ", "` or `") + "`";
        };
    }

    private static String code(Object value) {
        String text = ConfigText.print(value);
        return text.isEmpty() ? "(empty)" : "`" + text + "`";
    }
}
