package dev.berth.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages for users show is what happens. The Chinese pages show the same, see {@link TranslationTest}. */
class GuideTest {
    /** Executed, shown by what is executed, or saved; everything else has to be an excerpt of a file. */
    private static final Set<String> EXECUTED = Set.of("sh", "text");

    static List<Path> pages() {
        return Documentation.forUsers();
    }

    static List<Path> pagesWithCommands() {
        return pages().stream()
                .filter(page -> read(page).fences().stream().anyMatch(fence -> fence.is("sh")))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("pagesWithCommands")
    @Timeout(900)
    @Execution(ExecutionMode.CONCURRENT)
    void everyCommandDoesWhatThePageShows(Path page) throws IOException {
        Path where = page.startsWith("client-js") ? Path.of("client-js") : Path.of("");
        try (Walkthrough walkthrough = new Walkthrough(where)) {
            walkthrough.follow(read(page));
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyOtherBlockIsSavedAndUsedOrAnExcerptOfAFile(Path page) throws IOException {
        for (Fence fence : read(page).fences()) {
            String place = "%s, line %d".formatted(page, fence.line());
            if (fence.is("")) {
                assertThat(fence.text())
                        .as(place + " is not executed")
                        .doesNotContainPattern("(?m)^(\\./berth|npm|node|mvn) ");
            } else if (fence.isMarked("excerpt")) {
                String file = Files.readString(Folder.ROOT.resolve(fence.markedValue()));
                assertThat(unindented(file)).as(place).contains(unindented(fence.text()));
            } else {
                assertThat(EXECUTED.contains(fence.language()) || fence.isMarked("save"))
                        .as("%s: a block in %s that nothing executes, saves or compares", place, fence.language())
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyShownOutputFollowsItsCommand(Path page) {
        List<Fence> fences = read(page).fences();
        for (int i = 0; i < fences.size(); i++) {
            if (fences.get(i).is("text")) {
                assertThat(i > 0 && fences.get(i - 1).is("sh"))
                        .as("%s, line %d", page, fences.get(i).line())
                        .isTrue();
            }
        }
    }

    @Test
    void theReadmeBeginsWithTheFirstCall() {
        assertThat(read(Path.of("README.md")).fences().stream()
                        .filter(fence -> fence.is("sh"))
                        .map(fence -> fence.text().strip()))
                .startsWith("./berth up", "./berth call whoami '/hello?x=1' --as alice");
    }

    private static String unindented(String text) {
        return text.lines().map(String::strip).reduce("", (all, line) -> all + line + "\n");
    }

    private static Markdown read(Path page) {
        return Markdown.read(Folder.ROOT.resolve(page));
    }
}
