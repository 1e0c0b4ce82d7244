package dev.berth.hosting;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The logs of all services: {@code <data>/logs/<env>/<service>.log}. */
public final class LogBook implements AutoCloseable {
    private final Path root;
    private final Clock clock;
    private final long fileCap;
    private final ConcurrentMap<Path, ServiceLog> logs = new ConcurrentHashMap<>();

    /** @param fileCap see {@link Hosting.Limits#logBytes} */
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

    @Override
    public void close() {
        logs.values().forEach(ServiceLog::close);
    }

    private Path fileOf(String environmentId, String service) {
        return root.resolve(environmentId).resolve(service + ".log");
    }
}
