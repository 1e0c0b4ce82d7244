package dev.berth.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The commands that the README shows, in their order. */
class ReadmeTest {
    private static final Pattern SHELL = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");
    /** The platform already runs, and this is the test. */
    private static final List<String> NOT_HERE = List.of("up", "down", "test");

    @RegisterExtension
    static final Platform platform = new Platform();

    @Test
    void everyCommandWorks() throws IOException {
        Files.createSymbolicLink(platform.folder().path().resolve("examples"), Folder.ROOT.resolve("examples"));
        List<String> commands = SHELL.matcher(Files.readString(Path.of(Folder.ROOT + "/README.md")))
                .results()
                .flatMap(block -> block.group(1).lines())
                .filter(line -> line.startsWith("./berth "))
                .toList();
        assertThat(commands).contains("./berth up", "./berth call whoami '/hello?x=1' --as alice");
        for (String command : commands) {
            String[] words = WORD.matcher(command.replaceFirst("\\s+#.*", ""))
                    .results()
                    .map(word -> word.group(1) != null ? word.group(1) : word.group(2))
                    .skip(1)
                    .toArray(String[]::new);
            if (!NOT_HERE.contains(words[0])) {
                assertThat(platform.berth(words)).as(Arrays.toString(words)).satisfies(Ran::ok);
            }
        }
    }
}
