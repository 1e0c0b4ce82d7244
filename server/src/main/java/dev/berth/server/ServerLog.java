package dev.berth.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.logging.ConsoleHandler;
import java.util.logging.FileHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Where the server's own log goes: everything to {@code <data>/logs/server.log}, warnings to standard error as well.
 * {@link FileHandler} numbers its files, the newest 0; {@code server.log} is a link to that one.
 */
public final class ServerLog {
    private static final int BYTES_PER_FILE = 10 * 1024 * 1024;
    private static final int FILES = 2;

    /** Loggers that tell at INFO what only their developers want to know; held, since nobody else does. */
    private static final List<Logger> TALKATIVE = Stream.of("com.zaxxer.hikari", "org.flywaydb")
            .map(Logger::getLogger)
            .toList();

    private ServerLog() {}

    /**
     * To be called once, before anything is logged.
     *
     * @throws dev.berth.core.BerthException {@code DATA_UNUSABLE}
     */
    public static void open(Path data) {
        open(data, BYTES_PER_FILE);
    }

    static void open(Path data, int bytesPerFile) {
        TALKATIVE.forEach(logger -> logger.setLevel(Level.WARNING));
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        root.addHandler(prepared(file(data.resolve("logs"), bytesPerFile), Level.INFO));
        root.addHandler(prepared(new ConsoleHandler(), Level.WARNING));
    }

    private static FileHandler file(Path folder, int bytesPerFile) {
        try {
            DataFolder.create(folder);
            Path link = folder.resolve("server.log");
            if (!Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
                Files.createSymbolicLink(link, Path.of("server.0.log"));
            }
            return new FileHandler(folder.resolve("server.%g.log").toString(), bytesPerFile, FILES, true);
        } catch (IOException e) {
            throw DataFolder.unusable("log folder: %s cannot be used: %s".formatted(folder, e), e);
        }
    }

    private static Handler prepared(Handler handler, Level level) {
        handler.setLevel(level);
        handler.setFormatter(new LineFormatter());
        return handler;
    }

    /** A record begins at the start of a line, and whatever else it says is indented: nothing logged can forge one. */
    private static final class LineFormatter extends Formatter {
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
}
