package dev.berth.cli;

import dev.berth.core.BerthException;
import dev.berth.core.Problem;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * One line of a {@code .dockerignore}, as moby/patternmatcher reads it: relative to the root; {@code *} and {@code ?} stay
 * within a name, {@code **} crosses folders; {@code [a-z]} is a class; {@code \} takes the next character as it is.
 *
 * @param takesBack it began with {@code !}
 */
record DockerIgnorePattern(Pattern pattern, boolean takesBack) {

    /** Empty for a line that cannot match anything, such as {@code /}. */
    static Optional<DockerIgnorePattern> parse(String line) {
        boolean takesBack = line.startsWith("!");
        String glob = clean(takesBack ? line.substring(1).strip() : line);
        if (glob.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new DockerIgnorePattern(Pattern.compile(regex(glob)), takesBack));
        } catch (PatternSyntaxException malformed) {
            throw new BerthException(
                    new Problem(
                            "DOCKERIGNORE_INVALID",
                            "cli",
                            ".dockerignore: %s: %s".formatted(line, malformed.getDescription()),
                            "Correct the pattern; a \\ before a character takes it as it is."),
                    malformed);
        }
    }

    boolean matches(String path) {
        if (pattern.matcher(path).matches()) {
            return true;
        }
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            if (pattern.matcher(path.substring(0, slash)).matches()) {
                return true;
            }
        }
        return false;
    }

    private static String clean(String glob) {
        String normal = Path.of("/", glob).normalize().toString();
        return normal.substring(1);
    }

    private static String regex(String glob) {
        StringBuilder regex = new StringBuilder();
        boolean inClass = false;
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            if (c == '\\' && i + 1 < glob.length()) {
                regex.append(Pattern.quote(glob.substring(++i, i + 1)));
            } else if (inClass) {
                regex.append(c == '[' || c == '&' ? "\\" + c : Character.toString(c));
                inClass = c != ']';
            } else if (c == '*' && glob.startsWith("**", i)) {
                i += glob.startsWith("**/", i) ? 2 : 1;
                regex.append(i + 1 == glob.length() ? ".*" : "(.*/)?");
            } else {
                inClass = c == '[';
                regex.append(
                        switch (c) {
                            case '*' -> "[^/]*";
                            case '?' -> "[^/]";
                            case '[' -> "[";
                            default -> Pattern.quote(Character.toString(c));
                        });
            }
        }
        return regex.toString();
    }
}
