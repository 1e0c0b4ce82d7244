package dev.berth.server;

import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/** A program that goes on logging while it ends. */
final class LoggingAtTheEnd {
    private LoggingAtTheEnd() {}

    public static void main(String[] arguments) {
        LastingLog.install();
        System.Logger log = System.getLogger("end");
        ServerLog.open(
                Path.of(arguments[0]),
                new ServerConfig.Logs(LogFormat.TEXT, DataSize.ofMebibytes(1), 1, DataSize.ofMebibytes(1)));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            LockSupport.parkNanos(500_000_000); // the JDK's own hook has run by now
            log.log(System.Logger.Level.INFO, "still ending");
            ServerLog.close();
        }));
        log.log(System.Logger.Level.INFO, "begun");
    }
}
