package dev.berth.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a page says in English it says in Chinese; what is executed of the one is therefore executed of the other. */
class TranslationTest {
    private static final Pattern STATEMENT = Pattern.compile("\\b(?:CH|HO|LD|CF|OA|WT|AD|MP)-\\d+\\b");

    static List<Path> pages() {
        return Documentation.translated();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void bothLanguagesHaveTheSameHeadingsBlocksAndStatements(Path page) throws Exception {
        Markdown english = Markdown.read(Folder.ROOT.resolve(page));
        Markdown chinese = Markdown.read(Folder.ROOT.resolve(Documentation.chinese(page)));
        assertThat(chinese.outline()).isEqualTo(english.outline());
        assertThat(blocks(chinese)).isEqualTo(blocks(english));
        assertThat(statements(chinese)).isEqualTo(statements(english));
        assertThat(Files.readString(chinese.file())).containsPattern("\\p{IsHan}{4}");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void eachLanguageLeadsToTheOther(Path page) {
        Path chinese = Documentation.chinese(page);
        assertThat(targets(page)).contains(chinese);
        assertThat(targets(chinese)).contains(page);
    }

    private static List<Path> targets(Path page) {
        Path file = Folder.ROOT.resolve(page);
        return Markdown.read(file).links().stream()
                .filter(link -> !link.matches("[a-z]+:.*"))
                .map(link -> file.resolveSibling(link.replaceFirst("#.*", "")).normalize())
                .map(Folder.ROOT::relativize)
                .toList();
    }

    /** With their marks, in their order; those that only illustrate may be translated. */
    private static List<String> blocks(Markdown page) {
        return page.fences().stream()
                .filter(fence -> !fence.is(""))
                .map(fence -> "%s %s%n%s".formatted(fence.mark(), fence.language(), fence.withoutComments()))
                .toList();
    }

    private static List<String> statements(Markdown page) {
        return page.prose().stream()
                .flatMap(line -> STATEMENT.matcher(line).results())
                .map(MatchResult::group)
                .toList();
    }
}
