package dev.berth.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Numbers of statements of docs/spec, as pages and tests cite them. */
final class CitedStatements {
    private static final Pattern TAG = Pattern.compile("@Tag\\(\"([A-Z]{2}-\\d+)\"\\)");
    private static final Pattern NODE_TEST = Pattern.compile("'((?:[A-Z]{2}-\\d+ )+)");
    private static final Pattern CITED = Pattern.compile("\\b([A-Z]{2})-(\\d+)(?: to \\1-(\\d+))?");

    private CitedStatements() {}

    /** Ranges such as {@code CH-1 to CH-12} are written out. */
    static List<String> in(String text) {
        List<String> statements = new ArrayList<>();
        Matcher matcher = CITED.matcher(text);
        while (matcher.find()) {
            int first = Integer.parseInt(matcher.group(2));
            int last = matcher.group(3) == null ? first : Integer.parseInt(matcher.group(3));
            IntStream.rangeClosed(first, last).forEach(number -> statements.add(matcher.group(1) + "-" + number));
        }
        return statements;
    }

    /** What the tests of all rooms cite. That they pass is for ./berth test, which runs them all. */
    static Set<String> byTests() {
        Stream<String> java = sources(".java", "src/test")
                .flatMap(text -> TAG.matcher(text).results())
                .map(tag -> tag.group(1));
        Stream<String> node = sources(".test.mjs", "test")
                .flatMap(text -> NODE_TEST.matcher(text).results())
                .map(MatchResult::group)
                .flatMap(numbers -> in(numbers).stream());
        return Stream.concat(java, node).collect(Collectors.toCollection(TreeSet::new));
    }

    /** All that there are. */
    static Set<String> ofTheSpecification() throws IOException {
        try (Stream<Path> files = Files.list(Folder.ROOT.resolve("docs/spec"))) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .flatMap(file -> in(read(file)).stream())
                    .collect(Collectors.toSet());
        }
    }

    private static Stream<String> sources(String ending, String folder) {
        try (Stream<Path> files = Files.find(
                Folder.ROOT,
                20,
                (file, attributes) -> file.toString().endsWith(ending)
                        && file.toString().contains("/" + folder + "/")
                        && !file.toString().contains("/node_modules/"))) {
            return files.map(CitedStatements::read).toList().stream();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
