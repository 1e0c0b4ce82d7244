package dev.berth.server;

import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/** One JSON object a line: {@code time level logger message}, the record's {@link LogFields}, and {@code error}. */
final class JsonLineFormatter extends Formatter {
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    @Override
    public String format(LogRecord record) {
        JsonObject line = new JsonObject()
                .put("time", TIME.format(Instant.ofEpochMilli(record.getMillis())))
                .put("level", level(record.getLevel()))
                .put("logger", String.valueOf(record.getLoggerName()))
                .put("message", formatMessage(record));
        addFields(line, record.getParameters());
        if (record.getThrown() != null) {
            StringWriter trace = new StringWriter();
            record.getThrown().printStackTrace(new PrintWriter(trace, true));
            line.put("error", trace.toString());
        }
        return line.encode() + "\n";
    }

    private static void addFields(JsonObject line, @Nullable Object @Nullable [] parameters) {
        if (parameters == null) {
            return;
        }
        for (Object parameter : parameters) {
            if (parameter instanceof LogFields fields) {
                fields.values().forEach(line::put);
            }
        }
    }

    /** In the words of other log programs. */
    private static String level(Level level) {
        if (level.intValue() >= Level.SEVERE.intValue()) {
            return "error";
        }
        return level.intValue() >= Level.WARNING.intValue() ? "warning" : "info";
    }
}
