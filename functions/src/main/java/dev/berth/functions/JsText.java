package dev.berth.functions;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;

/** Texts as JavaScript treats them, where a signature depends on it. */
final class JsText {
    private JsText() {}

    /** {@code String.prototype.trim}: white space and line ends of ECMA-262, which are not quite Java's. */
    static String trim(String text) {
        int begin = 0;
        int end = text.length();
        while (begin < end && isSpace(text.charAt(begin))) {
            begin++;
        }
        while (end > begin && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(begin, end);
    }

    /** {@code encodeURIComponent}, and the five signs that it leaves but the SDK escapes as well. */
    static String escaped(String text) {
        return URLEncoder.encode(text, UTF_8)
                .replace("+", "%20")
                .replace("%7E", "~")
                .replace("*", "%2A");
    }

    private static boolean isSpace(char c) {
        return switch (c) {
            case '\t', '\n', 0x0b, '\f', '\r', 0x2028, 0x2029, 0xfeff -> true;
            default -> Character.getType(c) == Character.SPACE_SEPARATOR;
        };
    }
}
