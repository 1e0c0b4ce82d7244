package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/metrics.md says every metric, and no other, as the code has it. */
final class MetricsPageTest {
    private static final Path PAGE = Path.of("../docs/metrics.md");
    private static final Pattern TYPE = Pattern.compile("^# TYPE (\\S+) (\\w+)$", Pattern.MULTILINE);

    @TempDir
    private Path data;

    @Test
    void everyFamilyIsDescribedAsItIs() throws Exception {
        List<String> expected = Family.ALL.stream()
                .map(family -> "| `%s` | %s | %s | %s |"
                        .formatted(
                                family.name(),
                                family.kind().name().toLowerCase(Locale.ROOT),
                                family.labels().stream().map("`%s`"::formatted).collect(Collectors.joining(" ")),
                                family.help()))
                .toList();

        assertThat(rows(name -> name.startsWith("berth_"))).containsExactlyElementsOf(expected);
    }

    @Test
    void everyConstantIsInTheList() {
        long constants = Arrays.stream(Family.class.getDeclaredFields())
                .filter(field -> field.getType() == Family.class)
                .count();

        assertThat(Family.ALL).hasSize((int) constants).doesNotHaveDuplicates();
        assertThat(Family.ALL)
                .allMatch(family -> family.name().endsWith("_total") == (family.kind() == Family.Kind.COUNTER))
                .allMatch(family -> (family.kind() != Family.Kind.HISTOGRAM)
                        || family.name().endsWith("_seconds"));
    }

    @Test
    void whatTheMachineTellsIsDescribedToo() throws Exception {
        try (ServerFixture server = ServerFixture.start(data)) {
            Set<String> told = new TreeSet<>();
            TYPE.matcher(MetricsTest.metrics(server)).results().forEach(match -> told.add(match.group(1)));
            told.removeIf(name -> name.startsWith("berth_"));

            assertThat(told).isNotEmpty();
            assertThat(rows(name -> !name.startsWith("berth_")).stream().map(row -> row.split("`", -1)[1]))
                    .containsAll(told);
        }
    }

    @Test
    void theAlertsUseMetricsThatExist() throws Exception {
        String alerts =
                Files.readString(PAGE).replaceAll("(?s).*```yaml\\ngroups:", "").replaceAll("(?s)```.*", "");
        Set<String> known = Family.ALL.stream().map(Family::name).collect(Collectors.toSet());
        Set<String> used = new TreeSet<>();
        Pattern.compile("\\b(berth_\\w+?)(_bucket|_count|_sum)?\\b")
                .matcher(alerts)
                .results()
                .forEach(match -> used.add(match.group(1)));

        assertThat(used).isNotEmpty().isSubsetOf(known);
    }

    private static List<String> rows(Predicate<String> chosen) throws IOException {
        return Files.readString(PAGE)
                .lines()
                .filter(line -> line.matches("\\| `(berth|jvm|process)_.*"))
                .filter(line -> chosen.test(line.split("`", -1)[1]))
                .toList();
    }
}
