package dev.berth.acceptance;

import java.util.stream.Collectors;

/**
 * A fenced block of a page.
 *
 * @param line where it begins
 * @param mark what the comment on the line before says, such as {@code save: hello/index.js}; empty if there is none
 * @param language empty for a block that only illustrates
 */
record Fence(int line, String mark, String language, String text) {
    boolean is(String language) {
        return this.language.equals(language);
    }

    boolean isMarked(String kind) {
        return mark.equals(kind) || mark.startsWith(kind + ":");
    }

    /** What stands behind the colon of the mark. */
    String markedValue() {
        return mark.substring(mark.indexOf(':') + 1).strip();
    }

    /** Without the comments, which are in the language of the page. */
    String withoutComments() {
        String comment = switch (language) {
            case "sh", "dockerfile", "yaml" -> "(^|\\s+)#.*";
            case "js" -> "(^|\\s+)// .*";
            default -> "(?!)";
        };
        return text.lines().map(line -> line.replaceFirst(comment, "")).collect(Collectors.joining("\n"));
    }
}
