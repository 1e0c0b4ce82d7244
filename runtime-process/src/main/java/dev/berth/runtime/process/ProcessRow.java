package dev.berth.runtime.process;

import java.util.Optional;

/**
 * A line of {@code /proc/PID/stat}.
 *
 * @param terminal its controlling terminal, 0 for none
 * @param ticks CPU time of its own and of the children it has waited for, in clock ticks
 * @param pages resident memory, in pages
 */
record ProcessRow(long pid, String name, char state, long parent, long session, long terminal, long ticks, long pages) {
    static Optional<ProcessRow> of(long pid) {
        return parse(ProcessTable.read(pid, "stat"));
    }

    /** The name, in parentheses, may hold anything: the fields of proc(5), from the third on, come after the last one. */
    static Optional<ProcessRow> parse(String stat) {
        int begin = stat.indexOf('(');
        int end = stat.lastIndexOf(')');
        if (begin < 0 || end < begin) {
            return Optional.empty();
        }
        String[] field = stat.substring(end + 2).split(" ", 23);
        long ticks = 0;
        for (int i = 11; i <= 14; i++) {
            ticks += Long.parseLong(field[i]);
        }
        return Optional.of(new ProcessRow(
                Long.parseLong(stat.substring(0, begin - 1)),
                stat.substring(begin + 1, end),
                field[0].charAt(0),
                Long.parseLong(field[1]),
                Long.parseLong(field[3]),
                Long.parseLong(field[4]),
                ticks,
                Long.parseLong(field[21])));
    }

    boolean isAlive() {
        return state != 'Z' && state != 'X';
    }

    @Override
    public String toString() {
        return "%s (process %d)".formatted(name, pid);
    }
}
