package dev.berth.openapi;

import dev.berth.core.Asker;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * OA-25: one log line for a denial, in Berth's log and in that of the service. The same one is told again after a minute,
 * with how often it came; and there are most lines a minute for each version and for all, so that neither a loop nor ever
 * new paths flood the log, nor silence others. Thread-safe.
 */
final class DenialLog {
    private static final System.Logger LOG = System.getLogger("dev.berth.openapi");
    private static final long AGAIN_AFTER = TimeUnit.MINUTES.toNanos(1);
    private static final int KNOWN = 1000;
    private static final int LINES = 100;
    private static final int LINES_OF_ONE = 20;

    private record Line(String asker, String reason) {}

    private static final class Told {
        private final long at;
        private long more;

        private Told(long at) {
            this.at = at;
        }
    }

    private final LongSupplier nanos;
    private final InstanceLog instances;
    private final Map<Line, Told> told = new LinkedHashMap<>();
    private long minute;
    private final Map<String, Integer> linesOf = new HashMap<>();
    private int lines;

    DenialLog(LongSupplier nanos, InstanceLog instances) {
        this.nanos = nanos;
        this.instances = instances;
        this.minute = nanos.getAsLong();
    }

    void tell(Asker asker, String method, String path, Denial denial) {
        String who = place(asker);
        long more = pass(new Line(who, denial.reason()));
        if (more < 0) {
            return;
        }
        String what = Printable.ascii(method) + " " + Printable.ascii(path);
        String code = denial.errcode() == 0 ? "HTTP " + denial.status() : Integer.toString(denial.errcode());
        String often = more == 0 ? "" : " (and %d times more before)".formatted(more);
        LOG.log(Level.WARNING, "{0} of {1} → {2}: {3}{4}", what, Printable.ascii(who), code, denial.reason(), often);
        if (asker instanceof Asker.InstanceAsker instance) {
            instances.tell(instance, "%s was refused (%s): %s%s".formatted(what, code, denial.reason(), often));
        }
    }

    /** All instances of a service do the same. */
    private static String place(Asker asker) {
        return asker instanceof Asker.InstanceAsker instance
                ? instance.version().toString()
                : asker.toString();
    }

    /** @return how often it was held back before, or -1 to hold it back */
    private synchronized long pass(Line line) {
        long now = nanos.getAsLong();
        if (now - minute > AGAIN_AFTER) {
            minute = now;
            lines = 0;
            linesOf.clear();
        }
        Told before = told.get(line);
        if (before != null && now - before.at < AGAIN_AFTER) {
            before.more++;
            return -1;
        }
        int own = linesOf.getOrDefault(line.asker(), 0);
        if (lines == LINES || own == LINES_OF_ONE) {
            return -1;
        }
        lines++;
        linesOf.put(line.asker(), own + 1);
        told.remove(line);
        told.put(line, new Told(now));
        if (told.size() > KNOWN) {
            told.remove(told.keySet().iterator().next());
        }
        return before == null ? 0 : before.more;
    }
}
