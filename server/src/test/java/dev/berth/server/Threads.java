package dev.berth.server;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** The threads of this JVM, virtual ones included. */
final class Threads {
    private Threads() {}

    /** @param frame such as {@code LogRoutes.follow} */
    static boolean anyIn(String frame) throws IOException {
        Path folder = Files.createTempDirectory("threads");
        Path file = folder.resolve("dump");
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .dumpThreads(file.toString(), ThreadDumpFormat.TEXT_PLAIN);
        boolean any = Files.readString(file).contains(frame);
        Files.delete(file);
        Files.delete(folder);
        return any;
    }
}
