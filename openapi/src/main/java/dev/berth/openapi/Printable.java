package dev.berth.openapi;

/** What may stand in a header and in one line of a log, whoever wrote it. */
final class Printable {
    private static final int LONGEST = 600;

    private Printable() {}

    /**
     * What failed, without its words, which may hold an address and with it a token: {@code ConnectException}, not Netty's
     * {@code AnnotatedConnectException}.
     */
    static String kind(Throwable failure) {
        Class<?> kind = failure.getClass();
        while (kind.getName().startsWith("io.netty.channel.AbstractChannel$")) {
            kind = kind.getSuperclass();
        }
        return kind.getSimpleName();
    }

    static String ascii(String text) {
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
        StringBuilder printable = new StringBuilder(cut.length());
        cut.chars().forEach(c -> printable.append(c >= ' ' && c < 0x7f ? (char) c : '?'));
        return printable.toString();
    }
}
