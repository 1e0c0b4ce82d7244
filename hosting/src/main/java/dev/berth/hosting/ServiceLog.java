package dev.berth.hosting;

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
import java.util.Set;
import java.util.function.Consumer;

/**
 * What the instances of a service write, and what Berth has to say about them: {@code <time> <instance id> <text>} a
 * line, time in UTC with milliseconds. Thread-safe. A disk that fails loses lines but stops no service; followers still
 * get them.
 */
public final class ServiceLog {
    private static final Logger LOG = System.getLogger(ServiceLog.class.getName());
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
    private boolean closed;

    ServiceLog(Path path, Clock clock, long fileCap) {
        this.path = path;
        this.clock = clock;
        this.file = new LogFile(path, fileCap);
    }

    synchronized void append(String instanceId, String text) {
        if (closed) {
            return; // its file may be deleted already
        }
        String bounded = text.length() > LONGEST_LINE ? text.substring(0, LONGEST_LINE) + "…" : text;
        String line =
                "%s %s %s".formatted(TIME.format(clock.instant()), instanceId, bounded.replaceAll("[\\r\\n]+", " "));
        followers.forEach(follower -> follower.offer(line));
        try {
            file.append(line);
        } catch (IOException e) {
            lose(e);
        }
    }

    private void lose(IOException e) {
        if (lost++ == 0) {
            LOG.log(Level.ERROR, "Log lines are lost: %s cannot be written".formatted(path), e);
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

    /** The service went to zero: nothing is held open for it. */
    synchronized void rest() {
        try {
            file.rest();
        } catch (IOException e) {
            lose(e);
        }
    }

    synchronized void close() {
        closed = true;
        followers.forEach(LogFollower::close);
        followers.clear();
        rest();
    }
}
