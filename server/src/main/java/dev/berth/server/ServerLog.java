package dev.berth.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.logging.ConsoleHandler;
import java.util.logging.FileHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Where the server's own log goes: everything to {@code <data>/logs/server.log}, warnings to standard error as well. */
public final class ServerLog {
    private static final int BYTES_PER_FILE = 10 * 1024 * 1024;
    private static final int FILES = 2;

    private ServerLog() {}

    /** To be called once, before anything is logged. */
    public static void open(Path data) throws IOException {
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        Path folder = Files.createDirectories(data.resolve("logs"));
        root.addHandler(prepared(
                new FileHandler(folder.resolve("server.log").toString(), BYTES_PER_FILE, FILES, true), Level.INFO));
        root.addHandler(prepared(new ConsoleHandler(), Level.WARNING));
    }

    private static Handler prepared(Handler handler, Level level) {
        handler.setLevel(level);
        handler.setFormatter(new LineFormatter());
        return handler;
    }

    private static final class LineFormatter extends Formatter {
        @Override
        public String format(LogRecord record) {
            String name = String.valueOf(record.getLoggerName());
            StringBuilder line = new StringBuilder()
                    .append(Instant.ofEpochMilli(record.getMillis()).truncatedTo(ChronoUnit.MILLIS))
                    .append(' ')
                    .append(record.getLevel())
                    .append(' ')
                    .append(name.substring(name.lastIndexOf('.') + 1))
                    .append(": ")
                    .append(formatMessage(record))
                    .append('\n');
            for (Throwable cause = record.getThrown(); cause != null; cause = cause.getCause()) {
                line.append("    ").append(cause).append('\n');
                for (StackTraceElement element : cause.getStackTrace()) {
                    line.append("        at ").append(element).append('\n');
                }
            }
            return line.toString();
        }
    }
}
