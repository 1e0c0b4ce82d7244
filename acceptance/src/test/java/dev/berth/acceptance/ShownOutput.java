package dev.berth.acceptance;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Output as a page shows it. {@code …} stands for anything within a line, and alone in a line for any lines. Times, durations,
 * process ids, call ids and the width of columns are compared by their form only.
 */
record ShownOutput(String shown) {
    private static final String[][] FORMS = {
        {"\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z", "<time>"},
        {"[A-Z][a-z]{2}, \\d\\d [A-Z][a-z]{2} \\d{4} [\\d:]{8} GMT", "<time>"},
        {"\\b\\d{13},\\d{13}\\b", "<times>"},
        {"\\b\\d{13}-\\d\\.[\\dE-]+", "<call id>"},
        {"\\b[0-9a-f]{32}\\b", "<request id>"},
        {"(-\\d{3})-[0-9a-f]{8}\\b", "$1-<instance>"},
        {"\\b\\d+(\\.\\d+)?( ?m?s)\\b", "<number>$2"},
        {"\\b(pid\"?:?|instance|port|pack(?:ed|age)? in|dur=|timecost:) ?\\d+", "$1 <number>"},
        {"[ \\t]+", " "},
        {"(?m) $", ""},
    };

    static String normalised(String text) {
        String normalised = text.strip() + "\n";
        for (String[] form : FORMS) {
            normalised = normalised.replaceAll(form[0], form[1]);
        }
        return normalised;
    }

    Pattern pattern() {
        return Pattern.compile(
                normalised(shown).lines().map(ShownOutput::pattern).collect(Collectors.joining()));
    }

    private static String pattern(String line) {
        if (line.equals("…")) {
            return "(?s:.*?)(?<![^\n])"; // a repeated group would need the stack, for each line
        }
        return Stream.of(line.split("…", -1)).map(Pattern::quote).collect(Collectors.joining(".*")) + "\n";
    }
}
