package dev.berth.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Links of the documentation lead somewhere. */
class LinksTest {
    static List<Path> pages() {
        return Documentation.all();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkLeadsToAFileAndAHeadingOfThisRepository(Path page) {
        Path file = Folder.ROOT.resolve(page);
        List<String> broken = new ArrayList<>();
        for (String link : Markdown.read(file).links()) {
            if (!link.matches("[a-z]+:.*") && !leadsSomewhere(file, link)) {
                broken.add(link);
            }
        }
        assertThat(broken).as("links of " + page).isEmpty();
    }

    @Test
    void aLinkWithoutItsFileOrHeadingIsNoticed() {
        Path readme = Folder.ROOT.resolve("README.md");
        assertThat(leadsSomewhere(readme, "docs/design.md#1-words")).isTrue();
        assertThat(leadsSomewhere(readme, "docs/design.md#no-such-heading")).isFalse();
        assertThat(leadsSomewhere(readme, "docs/no-such-page.md")).isFalse();
    }

    private static boolean leadsSomewhere(Path page, String link) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
        if (!target.startsWith(Folder.ROOT) || !Files.exists(target)) {
            return false;
        }
        return parts.length == 1 || Markdown.read(target).anchors().contains(parts[1]);
    }
}
