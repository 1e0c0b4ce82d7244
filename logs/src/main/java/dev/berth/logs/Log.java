package dev.berth.logs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What a service or function writes, and what Berth has to say about it: {@code <time> <writer> <text>} a line, time in
 * UTC with milliseconds. Thread-safe. A disk that fails loses lines but stops no writer; followers still get them, and the
 * log says how many are missing, and why, as soon as it can be written again.
 */
public final class Log {
    private static final Logger LOG = System.getLogger(Log.class.getName());
    /** In place of a writer, where Berth speaks of the log itself. */
    private static final String NOBODY = "-";

    private static final int LONGEST_LINE = 64 * 1024;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /** Ends the following; returns at once, and no line comes after the one that may be under way. */
    public interface Following extends AutoCloseable {
        @Override
        void close();
    }

    private final Path path;
    private final Clock clock;
    private final LogFile file;
    private final Set<LogFollower> followers = new HashSet<>();
    private long lost;
    private long untold;
    private String lossReason = "";
    private boolean closed;

    Log(Path path, Clock clock, long fileCap) {
        this.path = path;
        this.clock = clock;
        this.file = new LogFile(path, fileCap);
    }

    /**
     * Writes one line; dropped if the log is removed or closed.
     *
     * @param writer such as the id of an instance; one word
     * @param text line ends in it become spaces, and a very long one is cut
     */
    public synchronized void append(String writer, String text) {
        if (closed) {
            return; // its file may be deleted already
        }
        String bounded = text.length() > LONGEST_LINE ? text.substring(0, LONGEST_LINE) + "…" : text;
        String line = line(writer, bounded.replaceAll("[\\r\\n]+", " "));
        followers.forEach(follower -> follower.offer(line));
        try {
            tellLoss();
            file.append(line);
        } catch (IOException e) {
            lose(e);
        }
    }

    private String line(String writer, String text) {
        return "%s %s %s".formatted(TIME.format(clock.instant()), writer, text);
    }

    private void lose(IOException e) {
        if (untold == 0) {
            LOG.log(Level.ERROR, "Log lines are lost: %s cannot be written".formatted(path), e);
        }
        lost++;
        untold++;
        lossReason = Objects.toString(e.getMessage(), e.toString());
    }

    private void tellLoss() throws IOException {
        if (untold > 0) {
            file.append(line(
                    NOBODY,
                    "[berth] %d line%s lost: %s".formatted(untold, untold == 1 ? " was" : "s were", lossReason)));
            untold = 0;
        }
    }

    /** Lines that the disk did not take. */
    public synchronized long lost() {
        return lost;
    }

    /** The last lines, oldest first. */
    public synchronized List<String> tail(int lines) {
        try {
            return file.tail(lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The last lines and then every new one, none twice and none left out.
     *
     * @param consumer may be slow; told on one thread of its own
     */
    public synchronized Following follow(int lines, Consumer<String> consumer) {
        LogFollower follower = new LogFollower(tail(lines), consumer);
        followers.add(follower);
        return () -> unfollow(follower);
    }

    private synchronized void unfollow(LogFollower follower) {
        follower.close();
        followers.remove(follower);
    }

    /** Nobody writes for now: no file is held open until the next line. */
    public synchronized void rest() {
        try {
            tellLoss();
        } catch (IOException stillFailing) {
            lossReason = Objects.toString(stillFailing.getMessage(), stillFailing.toString());
        }
        try {
            file.rest();
        } catch (IOException e) {
            LOG.log(Level.ERROR, "%s cannot be closed".formatted(path), e);
        }
    }

    synchronized void close() {
        closed = true;
        followers.forEach(LogFollower::close);
        followers.clear();
        rest();
    }
}
