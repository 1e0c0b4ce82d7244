package dev.berth.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/compatibility.md claims no more, and no less, than tests prove. */
class CompatibilityTest {
    private static final Markdown page = Markdown.read(Folder.ROOT.resolve("docs/compatibility.md"));

    @Test
    void whatIsTheSameIsProvenByTests() {
        List<String> claimed = Stream.concat(rows("same"), sentences("same")).toList();
        assertThat(claimed).hasSizeGreaterThan(90);
        assertThat(CitedStatements.byTests()).containsAll(claimed);
    }

    @Test
    void whatIsNotThereYetIsProvenByNone() {
        List<String> missing = rows("not yet").toList();
        assertThat(missing).isNotEmpty();
        assertThat(CitedStatements.byTests()).doesNotContainAnyElementsOf(missing);
    }

    @Test
    void everyStatementIsOneOfTheSpecification() throws IOException {
        assertThat(CitedStatements.ofTheSpecification())
                .containsAll(page.prose().stream()
                        .flatMap(line -> CitedStatements.in(line).stream())
                        .toList());
    }

    /** Of the rows with a cell that begins with the verdict. */
    private static Stream<String> rows(String verdict) {
        return page.prose().stream()
                .filter(line -> line.startsWith("| ") && line.contains("| " + verdict))
                .flatMap(line -> CitedStatements.in(line).stream());
    }

    /** Such as {@code (CH-70, same)}. */
    private static Stream<String> sentences(String verdict) {
        return page.prose().stream()
                .filter(line -> !line.startsWith("|"))
                .flatMap(line -> Pattern.compile("\\(([^()]*), " + verdict + "\\)")
                        .matcher(line)
                        .results())
                .flatMap(claim -> CitedStatements.in(claim.group(1)).stream());
    }
}
