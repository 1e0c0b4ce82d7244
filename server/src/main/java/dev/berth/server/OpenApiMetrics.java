package dev.berth.server;

import dev.berth.core.Asker.InstanceAsker;
import dev.berth.core.Directory;
import dev.berth.core.OpenApiRecord;
import dev.berth.core.VersionId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts the calls toward WeChat, by who asked. Thread-safe. */
final class OpenApiMetrics implements OpenApiRecord.Recorder {
    /** Of those that no service makes. */
    private static final List<String> NOBODY = List.of("", "");

    private final Counters outcomes = new Counters();
    private final Map<List<String>, TimeHistogram> durations = new ConcurrentHashMap<>();

    @Override
    public void record(OpenApiRecord call) {
        List<String> asker = call.asker() instanceof InstanceAsker instance ? labels(instance.version()) : NOBODY;
        outcomes.increment(asker.get(0), asker.get(1), outcome(call));
        if (call.tries() > 0) {
            durations.computeIfAbsent(asker, ignored -> new TimeHistogram()).add(call.totalMillis());
        }
    }

    private static List<String> labels(VersionId version) {
        return List.of(version.environmentId(), version.service());
    }

    /** What is asked for at Berth cannot be had from WeChat: 85112, 85113 (OA-21, OA-22), or an error of the way there (OA-23). */
    private static String outcome(OpenApiRecord call) {
        if (call.reason().isEmpty()) {
            return call.errcode() == 0 && call.status() < 400 ? "ok" : "error";
        }
        boolean unavailable = call.errcode() == 85112
                || call.errcode() == 85113
                || (call.status() >= 500 && call.errcode() != 0)
                || (call.status() >= 500 && call.tries() > 0);
        return unavailable ? "unavailable" : "refused";
    }

    /** Forgets the services that are not there. */
    void keepOnly(Directory directory) {
        outcomes.removeIf(labels -> isGone(directory, labels));
        durations.keySet().removeIf(labels -> isGone(directory, labels));
    }

    private static boolean isGone(Directory directory, List<String> labels) {
        return !labels.get(0).isEmpty() && !Services.isThere(directory, labels.get(0), labels.get(1));
    }

    void addTo(Samples samples) {
        samples.add(Family.OPEN_API_CALLS, outcomes);
        durations.forEach(
                (asker, histogram) -> samples.add(Family.OPEN_API_DURATION, histogram, asker.toArray(String[]::new)));
    }
}
