package dev.berth.simulator;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Keeps what the simulator logs, and keeps it off the screen. */
final class LogTrap extends Handler implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger("dev.berth.simulator");

    private final List<LogRecord> records = new CopyOnWriteArrayList<>();

    static LogTrap set() {
        LogTrap trap = new LogTrap();
        LOGGER.addHandler(trap);
        LOGGER.setUseParentHandlers(false);
        return trap;
    }

    List<String> lines() {
        return records.stream().map(new SimpleFormatter()::formatMessage).toList();
    }

    List<String> warnings() {
        return records.stream()
                .filter(line -> line.getLevel().equals(Level.WARNING))
                .map(new SimpleFormatter()::formatMessage)
                .toList();
    }

    @Override
    public void publish(LogRecord line) {
        records.add(line);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        LOGGER.removeHandler(this);
        LOGGER.setUseParentHandlers(true);
    }
}
