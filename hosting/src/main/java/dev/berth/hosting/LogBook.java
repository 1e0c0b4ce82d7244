package dev.berth.hosting;

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

/** The logs of all services: {@code <data>/logs/<env>/<service>.log}. */
public final class LogBook implements AutoCloseable {
    private final Path root;
    private final Clock clock;
    private final long fileCap;
    private final ConcurrentMap<Path, ServiceLog> logs = new ConcurrentHashMap<>();

    /** @param fileCap see {@link Hosting.Rules#logBytes} */
    LogBook(Path data, Clock clock, long fileCap) {
        this.root = data.resolve("logs");
        this.clock = clock;
        this.fileCap = fileCap;
    }

    /** The same log for the same service, always. */
    public ServiceLog of(String environmentId, String service) {
        return logs.computeIfAbsent(fileOf(environmentId, service), file -> new ServiceLog(file, clock, fileCap));
    }

    /** Ends the followers of a service that is gone and deletes its files. */
    void remove(String environmentId, String service) throws IOException {
        ServiceLog log = logs.remove(fileOf(environmentId, service));
        if (log != null) {
            log.close();
        }
        new LogFile(fileOf(environmentId, service), fileCap).delete();
    }

    /**
     * Deletes the files of services that are gone.
     *
     * @param known whether an environment has such a service
     */
    void sweep(BiPredicate<String, String> known) throws IOException {
        if (!Files.isDirectory(root)) {
            return;
        }
        for (Path environment : list(root, Files::isDirectory)) {
            for (Path file : list(environment, LogBook::isLog)) {
                String service = serviceOf(file);
                if (!known.test(environment.getFileName().toString(), service)) {
                    Files.delete(file);
                }
            }
        }
    }

    private static boolean isLog(Path file) {
        return file.getFileName().toString().contains(".log");
    }

    private static String serviceOf(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.indexOf(".log"));
    }

    private static List<Path> list(Path folder, Predicate<Path> wanted) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(wanted).toList();
        }
    }

    @Override
    public void close() {
        logs.values().forEach(ServiceLog::close);
    }

    private Path fileOf(String environmentId, String service) {
        return root.resolve(environmentId).resolve(service + ".log");
    }
}
