package dev.berth.server;

import dev.berth.core.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.ConsoleHandler;
import java.util.logging.FileHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Where the server's own log goes: everything to {@code <data>/logs/server.log}, warnings to standard error as well.
 * {@link FileHandler} numbers its files, the newest 0; {@code server.log} is a link to that one.
 */
public final class ServerLog {
    private static final int WAITING = 10_000;

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
    public static void open(ServerConfig config) {
        open(config.data().toAbsolutePath(), config.logs());
    }

    static void open(Path data, ServerConfig.Logs logs) {
        TALKATIVE.forEach(logger -> logger.setLevel(Level.WARNING));
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        Handler file = prepared(file(data.resolve("logs"), logs), Level.INFO, logs.format());
        Handler console = prepared(new ConsoleHandler(), Level.WARNING, logs.format());
        root.addHandler(new QueuedHandler(List.of(file, console), WAITING));
        if (LogManager.getLogManager() instanceof LastingLogManager lasting) {
            lasting.hold();
        }
    }

    /** Records that came faster than they could be written. */
    static long lost() {
        return Stream.of(Logger.getLogger("").getHandlers())
                .mapToLong(handler -> handler instanceof QueuedHandler queued ? queued.lost() : 0)
                .sum();
    }

    /** Writes what waits, and closes the file. Whatever is logged later is lost. */
    public static void close() {
        for (Handler handler : Logger.getLogger("").getHandlers()) {
            if (handler instanceof QueuedHandler) {
                Logger.getLogger("").removeHandler(handler);
                handler.close();
            }
        }
        if (LogManager.getLogManager() instanceof LastingLogManager lasting) {
            lasting.end();
        }
    }

    private static FileHandler file(Path folder, ServerConfig.Logs logs) {
        try {
            DataFolder.create(folder);
            Path link = folder.resolve("server.log");
            if (!Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
                Files.createSymbolicLink(link, Path.of("server.0.log"));
            }
            return new FileHandler(
                    folder.resolve("server.%g.log").toString(),
                    Math.toIntExact(logs.serverSize().bytes()),
                    logs.serverFiles(),
                    true);
        } catch (IOException e) {
            throw DataFolder.unusable("log folder: %s cannot be used: %s".formatted(folder, IoReason.of(e)), e);
        }
    }

    private static Handler prepared(Handler handler, Level level, LogFormat format) {
        handler.setLevel(level);
        handler.setFormatter(formatter(format));
        return handler;
    }

    private static Formatter formatter(LogFormat format) {
        return switch (format) {
            case TEXT -> new TextLineFormatter();
            case JSON -> new JsonLineFormatter();
        };
    }
}
