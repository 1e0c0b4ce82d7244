package dev.berth.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of a template.
 *
 * @param label what the user reads before the value, such as 会议时间
 * @param name the key of the value in a message, such as {@code date2}
 */
record Keyword(String label, String name, KeywordRule rule) {
    private static final Pattern LINE =
            Pattern.compile("\\s*([^{}]*?)[:：]?\\s*\\{\\{\\s*([a-z_]+)([0-9]+)\\.DATA\\s*}}");

    /**
     * The keywords of a template's content, such as {@code 会议时间:{{date2.DATA}} 会议地点:{{thing1.DATA}}}.
     *
     * @throws IllegalArgumentException when there is none, or one that WeChat does not know
     */
    static List<Keyword> of(String content) {
        List<Keyword> keywords = new ArrayList<>();
        Matcher line = LINE.matcher(content);
        int end = 0;
        while (line.lookingAt()) {
            KeywordRule rule = KeywordRule.named(line.group(2))
                    .orElseThrow(() -> flawed(content, "\"%s\" is no kind of keyword".formatted(line.group(2))));
            keywords.add(new Keyword(line.group(1), line.group(2) + line.group(3), rule));
            end = line.end();
            line.region(end, content.length());
        }
        if (keywords.isEmpty() || !content.substring(end).isBlank()) {
            throw flawed(content, "\"%s\" is no line of a template".formatted(content.substring(end)));
        }
        return List.copyOf(keywords);
    }

    private static IllegalArgumentException flawed(String content, String why) {
        return new IllegalArgumentException(
                "content: \"%s\": %s (expected: lines such as 会议时间:{{date2.DATA}})".formatted(content, why));
    }
}
