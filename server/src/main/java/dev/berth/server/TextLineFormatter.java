package dev.berth.server;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/** A record begins at the start of a line, and whatever else it says is indented: nothing logged can forge one. */
final class TextLineFormatter extends Formatter {
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    @Override
    public String format(LogRecord record) {
        String name = String.valueOf(record.getLoggerName());
        StringBuilder line = new StringBuilder()
                .append(TIME.format(Instant.ofEpochMilli(record.getMillis())))
                .append(' ')
                .append(record.getLevel())
                .append(' ')
                .append(name.substring(name.lastIndexOf('.') + 1))
                .append(": ")
                .append(indented(formatMessage(record)))
                .append('\n');
        for (Throwable cause = record.getThrown(); cause != null; cause = cause.getCause()) {
            line.append("    ").append(indented(cause.toString())).append('\n');
            for (StackTraceElement element : cause.getStackTrace()) {
                line.append("        at ").append(element).append('\n');
            }
        }
        return line.toString();
    }

    private static String indented(String text) {
        return text.replaceAll("\\R", "\n    ");
    }
}
