package dev.berth.hosting;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code ENV K=V K2="v 2"}, the older {@code ENV K V}, and the expansion of {@code $K} in them. */
final class DockerfileVariables {
    private static final Pattern REFERENCE = Pattern.compile(
            "\\\\(\\$)|\\$(?:([A-Za-z_][A-Za-z0-9_]*)|\\{([A-Za-z_][A-Za-z0-9_]*)(?::([-+])([^}]*))?\\})");

    private DockerfileVariables() {}

    /** @param known what may be referred to; all on one line see the values from before that line */
    static Map<String, String> assignments(String rest, Map<String, String> known, Map<String, String> present) {
        Map<String, String> assigned = new LinkedHashMap<>(present);
        String[] first = rest.split("\\s+", 2);
        if (!first[0].contains("=")) {
            assigned.put(first[0], first.length == 2 ? expand(first[1].strip(), known) : "");
            return assigned;
        }
        Scanner scanner = new Scanner(rest, known);
        while (scanner.hasNext()) {
            String[] pair = scanner.next().split("=", 2);
            assigned.put(pair[0], pair.length == 2 ? pair[1] : "");
        }
        return assigned;
    }

    /** An unknown name becomes nothing, as in Docker. */
    static String expand(String text, Map<String, String> known) {
        Matcher reference = REFERENCE.matcher(text);
        StringBuilder expanded = new StringBuilder();
        while (reference.find()) {
            reference.appendReplacement(expanded, Matcher.quoteReplacement(value(reference, known)));
        }
        return reference.appendTail(expanded).toString();
    }

    private static String value(Matcher reference, Map<String, String> known) {
        if (reference.group(1) != null) {
            return "$";
        }
        String name = reference.group(2) != null ? reference.group(2) : reference.group(3);
        String value = known.getOrDefault(name, "");
        String otherwise = reference.group(5) == null ? "" : reference.group(5);
        if ("-".equals(reference.group(4))) {
            return value.isEmpty() ? otherwise : value;
        }
        if ("+".equals(reference.group(4))) {
            return value.isEmpty() ? "" : otherwise;
        }
        return value;
    }

    /** Words separated by blanks, with quotes and backslashes taken away; nothing expands in single quotes. */
    private static final class Scanner {
        private final String text;
        private final Map<String, String> known;
        private int at;

        Scanner(String text, Map<String, String> known) {
            this.text = text;
            this.known = known;
        }

        boolean hasNext() {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            return at < text.length();
        }

        String next() {
            StringBuilder word = new StringBuilder();
            while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
                char next = text.charAt(at);
                switch (next) {
                    case '\'' -> word.append(until('\''));
                    case '"' -> word.append(expand(until('"').replace("\\\"", "\""), known));
                    default -> word.append(plain());
                }
            }
            return word.toString();
        }

        private String until(char quote) {
            int start = ++at;
            while (at < text.length() && text.charAt(at) != quote) {
                at += quote == '"' && text.charAt(at) == '\\' ? 2 : 1;
            }
            int end = Math.min(at, text.length());
            at = end + 1;
            return text.substring(start, end);
        }

        private String plain() {
            StringBuilder plain = new StringBuilder();
            while (at < text.length() && "\"' \t".indexOf(text.charAt(at)) < 0) {
                boolean escaped = text.charAt(at) == '\\' && at + 1 < text.length() && text.charAt(at + 1) != '$';
                if (escaped) {
                    at++;
                    plain.append(text.charAt(at++));
                } else if (text.charAt(at) == '\\') {
                    plain.append(text, at, Math.min(at + 2, text.length()));
                    at += 2;
                } else {
                    plain.append(text.charAt(at++));
                }
            }
            return expand(plain.toString(), known);
        }
    }
}
