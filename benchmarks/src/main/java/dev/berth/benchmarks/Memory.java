package dev.berth.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a process has of the machine's memory. */
final class Memory {
    private Memory() {}

    static double residentMegabytes(long pid) throws IOException {
        String status = Files.readString(Path.of("/proc", Long.toString(pid), "status"));
        Matcher resident = Pattern.compile("VmRSS:\\s+([0-9]+) kB").matcher(status);
        if (!resident.find()) {
            throw new IllegalStateException("no VmRSS of " + pid);
        }
        return Double.parseDouble(resident.group(1)) / 1024;
    }
}
