package dev.berth.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The CPU time that processes have used, user and system, from {@code /proc/<pid>/stat}. */
final class CpuClock {
    private static final long MICROS_PER_TICK = 10_000; // USER_HZ is 100 on every Linux

    private final List<Long> pids;

    private CpuClock(List<Long> pids) {
        this.pids = pids;
    }

    /** Of this process only. */
    static CpuClock of(long pid) {
        return new CpuClock(List.of(pid));
    }

    /** Of this process and its present children. */
    static CpuClock ofFamily(ProcessHandle parent) {
        List<Long> pids = new ArrayList<>(List.of(parent.pid()));
        parent.descendants().map(ProcessHandle::pid).forEach(pids::add);
        return new CpuClock(pids);
    }

    long micros() throws IOException {
        long ticks = 0;
        for (long pid : pids) {
            ticks += ticks(pid);
        }
        return ticks * MICROS_PER_TICK;
    }

    private static long ticks(long pid) throws IOException {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        } catch (NoSuchFileException e) {
            return 0;
        }
    }
}
