package dev.berth.logs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The logs of all that has a name in an environment: {@code <root>/<env>/<name>.log}. Thread-safe. */
public final class LogBook implements AutoCloseable {
    private final Path root;
    private final Clock clock;
    private final long fileCap;
    private final ConcurrentMap<Path, Log> logs = new ConcurrentHashMap<>();

    /**
     * @param root made when the first line is written; files directly in it are left alone
     * @param fileCap bytes of a log's file; there is one predecessor of the same size beside it
     */
    public LogBook(Path root, Clock clock, long fileCap) {
        this.root = root;
        this.clock = clock;
        this.fileCap = fileCap;
    }

    /**
     * The same log for the same name, until it is removed.
     *
     * @param name of a service or function
     */
    public Log of(String environmentId, String name) {
        return logs.computeIfAbsent(fileOf(environmentId, name), file -> new Log(file, clock, fileCap));
    }

    /** Ends the followers of what is gone and deletes its files; lines that still come are dropped. */
    public void remove(String environmentId, String name) throws IOException {
        Log log = logs.remove(fileOf(environmentId, name));
        if (log != null) {
            log.close();
        }
        new LogFile(fileOf(environmentId, name), fileCap).delete();
    }

    /**
     * Deletes the files of what is gone. To be called at the start, before any line is written.
     *
     * @param known whether an environment has something of such a name
     */
    public void sweep(BiPredicate<String, String> known) throws IOException {
        if (!Files.isDirectory(root)) {
            return;
        }
        for (Path environment : list(root, Files::isDirectory)) {
            for (Path file : list(environment, LogBook::isLog)) {
                if (!known.test(environment.getFileName().toString(), nameIn(file))) {
                    Files.delete(file);
                }
            }
        }
    }

    private static boolean isLog(Path file) {
        return file.getFileName().toString().contains(".log");
    }

    private static String nameIn(Path file) {
        String fileName = file.getFileName().toString();
        return fileName.substring(0, fileName.indexOf(".log"));
    }

    private static List<Path> list(Path folder, Predicate<Path> wanted) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(wanted).toList();
        }
    }

    /** Ends all followers; lines that still come are dropped. */
    @Override
    public void close() {
        logs.values().forEach(Log::close);
    }

    private Path fileOf(String environmentId, String name) {
        return root.resolve(environmentId).resolve(name + ".log");
    }
}
