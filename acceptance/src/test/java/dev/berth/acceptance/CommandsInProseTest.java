package dev.berth.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A command that is mentioned within a sentence exists, and so do the options it is mentioned with. */
class CommandsInProseTest {
    private static final List<String> WITH_SUBCOMMANDS =
            List.of("users", "apps", "envs", "permissions", "faults", "journal");
    private static final Pattern OPTION = Pattern.compile("(?<= )--?[a-zA-Z][a-zA-Z-]*");
    private static final Folder folder = new Folder();

    @AfterAll
    static void deleteFolder() {
        folder.delete();
    }

    static List<String> mentioned() {
        return Documentation.all().stream()
                .filter(page -> Documentation.forUsers().contains(page)
                        || page.toString().contains("zh"))
                .flatMap(page -> Markdown.read(Folder.ROOT.resolve(page)).codeInProse().stream())
                .filter(code -> code.startsWith("./berth "))
                .filter(code -> !code.startsWith("./berth test")) // which runs this
                .distinct()
                .sorted()
                .toList();
    }

    @ParameterizedTest
    @MethodSource("mentioned")
    @Execution(ExecutionMode.CONCURRENT)
    void itExists(String mentioned) {
        List<String> help = command(mentioned);
        help.add("--help");
        Ran ran = folder.berth(help.toArray(String[]::new)).ok();
        List<String> options =
                OPTION.matcher(mentioned).results().map(MatchResult::group).toList();
        assertThat(options).allMatch(option -> ran.out().contains(option));
    }

    /** Its own words, such as {@code users add}; none for berth itself. */
    private static List<String> command(String mentioned) {
        List<String> words = new ArrayList<>();
        for (String word : List.of(mentioned.split(" ", -1))) {
            boolean expected = words.size() == 1 && WITH_SUBCOMMANDS.contains(words.getFirst());
            if (word.matches("[a-z-]+") && !word.startsWith("-") && (words.isEmpty() || expected)) {
                words.add(word);
            }
        }
        return words;
    }
}
