package dev.berth.server;

import dev.berth.core.Asker;
import dev.berth.core.Directory;
import dev.berth.core.OpenApiRecord;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Counts the calls toward WeChat, by who asked, and the renewals of access tokens. Thread-safe. */
final class OpenApiMetrics implements OpenApiRecord.Recorder {
    /** Of those that neither a service nor a function makes. */
    private static final List<String> NOBODY = List.of("", "");

    /** Where Berth itself asks for access tokens. */
    private static final Set<String> TOKEN_PATHS = Set.of("/cgi-bin/token", "/cgi-bin/stable_token");

    private final Counters outcomes = new Counters();
    private final Counters renewals = new Counters();
    private final Map<List<String>, TimeHistogram> durations = new ConcurrentHashMap<>();

    @Override
    public void record(OpenApiRecord call) {
        List<String> asker = labels(call.asker());
        outcomes.increment(asker.get(0), asker.get(1), outcome(call));
        if (call.asker() instanceof Asker.PlatformAsker && TOKEN_PATHS.contains(call.path())) {
            renewals.increment(call.appId(), outcome(call));
        }
        if (call.tries() > 0) {
            durations.computeIfAbsent(asker, ignored -> new TimeHistogram()).add(call.totalMillis());
        }
    }

    private static List<String> labels(Asker asker) {
        return switch (asker) {
            case Asker.InstanceAsker instance ->
                List.of(instance.version().environmentId(), instance.version().service());
            case Asker.FunctionAsker function ->
                List.of(function.function().environmentId(), function.function().name());
            case Asker.OperatorAsker _, Asker.PlatformAsker _ -> NOBODY;
        };
    }

    /** What is asked for at Berth cannot be had from WeChat: 85112, 85113 (OA-21, OA-22), or an error of the way there (OA-23). */
    private static String outcome(OpenApiRecord call) {
        if (call.reason().isEmpty()) {
            return call.errcode() == 0 && call.status() < 400 ? "ok" : "error";
        }
        boolean unavailable = call.errcode() == 85112
                || call.errcode() == 85113
                || isUnanswered(call)
                || (call.status() >= 500 && call.errcode() != 0)
                || (call.status() >= 500 && call.tries() > 0);
        return unavailable ? "unavailable" : "refused";
    }

    /** Of what Berth asks by itself: it was sent, and there is no answer. */
    private static boolean isUnanswered(OpenApiRecord call) {
        return call.asker() instanceof Asker.PlatformAsker && call.status() == 0 && call.tries() > 0;
    }

    /** Forgets the services and functions that are not there. */
    void keepOnly(Directory directory) {
        outcomes.removeIf(labels -> isGone(directory, labels));
        renewals.removeIf(labels -> !directory.apps().containsKey(labels.get(0)));
        durations.keySet().removeIf(labels -> isGone(directory, labels));
    }

    private static boolean isGone(Directory directory, List<String> labels) {
        String environment = labels.get(0);
        String name = labels.get(1);
        return !environment.isEmpty()
                && directory
                        .environment(environment)
                        .filter(entry -> entry.service(name).isPresent()
                                || entry.function(name).isPresent())
                        .isEmpty();
    }

    void addTo(Samples samples) {
        samples.add(Family.OPEN_API_CALLS, outcomes);
        samples.add(Family.TOKEN_RENEWALS, renewals);
        durations.forEach(
                (asker, histogram) -> samples.add(Family.OPEN_API_DURATION, histogram, asker.toArray(String[]::new)));
    }
}
