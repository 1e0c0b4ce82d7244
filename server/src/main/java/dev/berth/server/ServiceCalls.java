package dev.berth.server;

import dev.berth.core.CallRecord;
import dev.berth.core.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What is counted of the calls of one service. Thread-safe; counting a call that went well allocates nothing. */
final class ServiceCalls {
    static final Set<String> COMPONENTS =
            Set.of("client", "function", "functions", "gateway", "hosting", "runtime", "service");

    private final LongAdder[] answered = new LongAdder[6]; // by the first digit of the status
    private final Map<Kind, LongAdder> refused = new ConcurrentHashMap<>();
    private final TimeHistogram durations = new TimeHistogram();
    private final TimeHistogram queues = new TimeHistogram();
    private final TimeHistogram coldStarts = new TimeHistogram();

    /**
     * @param status {@code 2xx}; {@code none} if nothing was answered
     * @param outcome {@code ok}, or the name of the error in core
     * @param component who is behind the outcome: {@code client}, {@code function}, {@code functions}, {@code gateway},
     *     {@code hosting}, {@code runtime}, {@code service}; {@code other} for what nobody has thought of
     */
    record Kind(String status, String outcome, String component) {}

    record Counted(Kind kind, long number) {}

    ServiceCalls() {
        for (int i = 0; i < answered.length; i++) {
            answered[i] = new LongAdder();
        }
    }

    void count(CallRecord call) {
        int digit = Math.clamp(call.status() / 100, 0, answered.length - 1);
        if (call.refusal().isEmpty()) {
            answered[digit].increment();
        } else {
            refused.computeIfAbsent(kind(digit, call.refusal().get()), ignored -> new LongAdder())
                    .increment();
        }
        if (call.version().isPresent()) {
            durations.add(call.totalMillis());
            queues.add(call.queueMillis());
            if (call.cold()) {
                coldStarts.add(call.queueMillis());
            }
        }
    }

    private static Kind kind(int digit, Refusal refusal) {
        String outcome = switch (refusal) {
            case Refusal.SystemRefusal system -> system.error().name();
            case Refusal.GatewayRefusal gateway -> gateway.error().name();
            case Refusal.FunctionRefusal function -> function.error().name();
        };
        return new Kind(
                status(digit), outcome, COMPONENTS.contains(refusal.component()) ? refusal.component() : "other");
    }

    static String status(int digit) {
        return digit == 0 ? "none" : digit + "xx";
    }

    List<Counted> counted() {
        List<Counted> all = new ArrayList<>();
        for (int digit = 0; digit < answered.length; digit++) {
            long number = answered[digit].sum();
            if (number > 0) {
                all.add(new Counted(new Kind(status(digit), "ok", "service"), number));
            }
        }
        refused.forEach((kind, number) -> all.add(new Counted(kind, number.sum())));
        return all;
    }

    TimeHistogram durations() {
        return durations;
    }

    TimeHistogram queues() {
        return queues;
    }

    TimeHistogram coldStarts() {
        return coldStarts;
    }
}
