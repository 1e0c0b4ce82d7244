package dev.berth.runtime.process;

import java.math.BigInteger;

/** As whom the server runs. */
record OwnIdentity(long uid, long gid, boolean mayAdminister) {
    private static final int CAP_SYS_ADMIN = 21;

    static OwnIdentity ofServer() {
        return parse(ProcessTable.read(ProcessHandle.current().pid(), "status"));
    }

    /** {@code /proc/PID/status}: the effective ones. */
    static OwnIdentity parse(String status) {
        return new OwnIdentity(
                Long.parseLong(field(status, "Uid", 1)),
                Long.parseLong(field(status, "Gid", 1)),
                new BigInteger(field(status, "CapEff", 0), 16).testBit(CAP_SYS_ADMIN));
    }

    boolean isRoot() {
        return uid == 0;
    }

    private static String field(String status, String name, int number) {
        String begin = name + ":";
        return status.lines()
                .filter(line -> line.startsWith(begin))
                .map(line -> line.substring(begin.length()).strip().split("\\s+", -1)[number])
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no %s in: %s".formatted(begin, status)));
    }
}
