package dev.berth.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Runs every command of docs/simulator.md, from top to bottom, and compares the answers. */
class SimulatorPageTest extends WeChatTest {
    private static final Path PAGE = Path.of("..", "docs", "simulator.md");
    private static final Pattern EXAMPLE = Pattern.compile("```sh\n(.*?)```\n```json\n(.*?)```", Pattern.DOTALL);
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");
    private static final String DOOR = "http://127.0.0.1:7083";
    private static final String ANYTHING = "…";

    @Test
    void everyCommandHasTheAnswerThatThePageShows() throws IOException {
        restart(options -> SimulatorOptions.of(folder.resolve("page.db")).withPort(0));
        simulator.seed(List.of(SHOP), List.of(User.named("alice")));

        List<MatchResult> examples =
                EXAMPLE.matcher(Files.readString(PAGE)).results().toList();

        assertThat(examples).hasSizeGreaterThan(15);
        for (MatchResult example : examples) {
            String answer = example.group(1).lines().map(this::run).toList().getLast();
            assertThat(new JsonObject(answer))
                    .as(example.group(1))
                    .satisfies(found -> assertSame(new JsonObject(example.group(2)), found));
        }
    }

    private String run(String command) {
        List<String> words = words(command);
        assertThat(words.getFirst()).isEqualTo("curl");
        String method = "GET";
        String body = "";
        String target = "";
        for (int i = 1; i < words.size(); i++) {
            switch (words.get(i)) {
                case "-X" -> method = words.get(++i);
                case "-d" -> body = words.get(++i);
                default -> target = words.get(i);
            }
        }
        assertThat(target).startsWith(DOOR);
        return browser.send(method, target.substring(DOOR.length()), body).body();
    }

    private static List<String> words(String command) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(command);
        while (word.find()) {
            words.add(word.group(1) == null ? word.group(2) : word.group(1));
        }
        return words;
    }

    private static void assertSame(Object expected, Object found) {
        switch (expected) {
            case JsonObject object -> {
                JsonObject other = (JsonObject) found;
                assertThat(other.fieldNames()).isEqualTo(object.fieldNames());
                object.fieldNames().stream()
                        .filter(field -> object.getValue(field) != null)
                        .forEach(field -> assertSame(object.getValue(field), other.getValue(field)));
            }
            case JsonArray array -> {
                JsonArray other = (JsonArray) found;
                assertThat(other).hasSameSizeAs(array);
                for (int i = 0; i < array.size(); i++) {
                    assertSame(array.getValue(i), other.getValue(i));
                }
            }
            case String text when text.equals(ANYTHING) -> assertThat(found).isInstanceOf(String.class);
            default -> assertThat(found).isEqualTo(expected);
        }
    }
}
