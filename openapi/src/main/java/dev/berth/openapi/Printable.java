package dev.berth.openapi;

/** What may stand in a header and in one line of a log, whoever wrote it. */
final class Printable {
    private static final int LONGEST = 600;

    private Printable() {}

    static String ascii(String text) {
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
        StringBuilder printable = new StringBuilder(cut.length());
        cut.chars().forEach(c -> printable.append(c >= ' ' && c < 0x7f ? (char) c : '?'));
        return printable.toString();
    }
}
