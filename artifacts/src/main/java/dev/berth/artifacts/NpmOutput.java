package dev.berth.artifacts;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What npm says: its error is kept for the refusal, everything else is told as it comes, so that nothing is told twice. */
final class NpmOutput {
    /** Since npm 10 {@code npm error}, before it {@code npm ERR!}. */
    private static final Pattern ERROR = Pattern.compile("npm (?:error|ERR!) ?(.*)");

    private static final int ERROR_LINES = 30;

    private final Consumer<String> progress;
    private final List<String> error = new ArrayList<>();
    private String last = "";

    NpmOutput(Consumer<String> progress) {
        this.progress = progress;
    }

    void add(String line) {
        if (line.isBlank()) {
            return;
        }
        Matcher told = ERROR.matcher(line);
        if (!told.matches()) {
            last = line;
            progress.accept(line);
        } else if (error.size() < ERROR_LINES && !told.group(1).isBlank()) {
            error.add(told.group(1));
        }
    }

    /** Of {@code npm ci}: there is no other way in which Berth uses it wrongly. */
    boolean saysThatTheLockDoesNotFit() {
        return error.contains("code EUSAGE");
    }

    /** To end a sentence with: npm's error, one indented line each, else what it said last. */
    String error() {
        if (!error.isEmpty()) {
            return ":\n  " + String.join("\n  ", error);
        }
        return last.isEmpty() ? "" : "; what it said last: " + last;
    }
}
