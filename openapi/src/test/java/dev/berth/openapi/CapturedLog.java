package dev.berth.openapi;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Everything that is logged meanwhile by anybody, however fine, with its exceptions. */
final class CapturedLog extends Handler {
    private record Line(String logger, String text) {}

    private static final Logger ROOT = Logger.getLogger("");

    private final List<Line> lines = new CopyOnWriteArrayList<>();
    private final Level before = ROOT.getLevel();

    private CapturedLog() {
        setLevel(Level.ALL);
    }

    static CapturedLog start() {
        CapturedLog log = new CapturedLog();
        ROOT.addHandler(log);
        ROOT.setLevel(Level.ALL);
        return log;
    }

    String all() {
        return String.join("\n", lines.stream().map(Line::text).toList());
    }

    List<String> ofBerth() {
        return lines.stream()
                .filter(line -> line.logger().equals("dev.berth.openapi"))
                .map(Line::text)
                .toList();
    }

    @Override
    public void publish(LogRecord line) {
        String logger = line.getLoggerName();
        lines.add(new Line(logger == null ? "" : logger, new SimpleFormatter().format(line)));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        ROOT.removeHandler(this);
        ROOT.setLevel(before);
    }
}
