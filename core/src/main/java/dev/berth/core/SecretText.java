package dev.berth.core;

import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The form of the credentials that Berth gives to code that it runs. Nothing else has it, so that a text is rid of them
 * wherever it comes from and whenever: nobody has to know which there are, or to remember which there were.
 */
public final class SecretText {
    private static final String MARK = "BerthSecret";

    /** Also without its end, where a text was cut off. */
    private static final Pattern SECRET = Pattern.compile("(?:AKID)?" + MARK + "[0-9a-f]{1,64}");

    private SecretText() {}

    /**
     * @param bytes at most 32, which nobody can guess
     * @return letters and digits
     */
    public static String of(byte[] bytes) {
        if (bytes.length > 32) {
            throw new IllegalArgumentException("secret: %d bytes (expected: <= 32)".formatted(bytes.length));
        }
        return MARK + HexFormat.of().formatHex(bytes);
    }

    /** With {@code ***} for each of them. Costs a search for a word where there is none. */
    public static String masked(String text) {
        return text.contains(MARK) ? SECRET.matcher(text).replaceAll("***") : text;
    }
}
