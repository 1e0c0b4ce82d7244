package dev.berth.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of the documentation.
 *
 * @param prose the lines outside of fenced blocks, with their headings
 */
record Markdown(Path file, List<String> prose, List<Fence> fences) {
    private static final Pattern OPENING = Pattern.compile("( *)(`{3,})(\\w*)\\s*");
    private static final Pattern MARK = Pattern.compile("\\s*<!-- (.*?) -->\\s*");
    private static final Pattern HEADING = Pattern.compile("(#{1,6}) (.*)");
    private static final Pattern LINK = Pattern.compile("(?<=\\]\\()[^)\\s]+(?=\\))");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    static Markdown read(Path file) {
        try {
            return parse(file, Files.readAllLines(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Markdown parse(Path file, List<String> lines) {
        List<String> prose = new ArrayList<>();
        List<Fence> fences = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Matcher opening = OPENING.matcher(lines.get(i));
            if (!opening.matches()) {
                prose.add(lines.get(i));
                continue;
            }
            int first = i + 1;
            StringBuilder text = new StringBuilder();
            for (i = first; !lines.get(i).strip().equals(opening.group(2)); i++) {
                String line = lines.get(i);
                text.append(
                                line.startsWith(opening.group(1))
                                        ? line.substring(opening.group(1).length())
                                        : line)
                        .append('\n');
            }
            Matcher mark = MARK.matcher(first > 1 ? lines.get(first - 2) : "");
            fences.add(new Fence(first, mark.matches() ? mark.group(1) : "", opening.group(3), text.toString()));
        }
        return new Markdown(file, prose, fences);
    }

    /** Levels only, which are the same in every language. */
    List<Integer> outline() {
        return headings().map(heading -> heading.group(1).length()).toList();
    }

    /** As GitHub makes them of the headings. */
    List<String> anchors() {
        Map<String, Integer> seen = new HashMap<>();
        return headings()
                .map(heading -> heading.group(2)
                        .replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N}\\p{M} _-]", "")
                        .replace(' ', '-'))
                .map(anchor -> {
                    int before = seen.merge(anchor, 1, Integer::sum) - 1;
                    return before == 0 ? anchor : anchor + "-" + before;
                })
                .toList();
    }

    List<String> links() {
        return prose.stream()
                .map(line -> CODE.matcher(line).replaceAll(""))
                .flatMap(line -> LINK.matcher(line).results())
                .map(link -> link.group())
                .toList();
    }

    /** What stands between backticks in the text. */
    List<String> codeInProse() {
        return prose.stream()
                .flatMap(line -> CODE.matcher(line).results())
                .map(code -> code.group(1))
                .toList();
    }

    private Stream<Matcher> headings() {
        return prose.stream().map(HEADING::matcher).filter(Matcher::matches);
    }
}
