package dev.berth.simulator;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How often each app may call each API in a day, which begins at midnight in Shanghai. Counts and limits live as long as
 * the process. For use by any thread.
 */
final class Quotas {
    /** So generous that only who sets a limit meets one. */
    static final long DEFAULT_LIMIT = 10_000_000;

    /** Not an API of its own, but WeChat's page gives it a quota of its own. */
    static final String FORCED_REFRESH = "/cgi-bin/stable_token?force_refresh=true";

    private static final Map<String, Long> OWN_DEFAULTS = Map.of(FORCED_REFRESH, 20L);
    private static final int CLEARINGS_A_MONTH = 10;
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    /** Where a limit holds; what is empty is every one. */
    record Scope(Optional<String> appid, Optional<String> path) {
        static Scope of(String appid, String path) {
            return new Scope(Optional.of(appid), Optional.of(path));
        }
    }

    /** How things stand with one app and API today. */
    record Standing(String appid, String path, long limit, long used) {
        long remaining() {
            return Math.max(0, limit - used);
        }
    }

    private record Use(String appid, String path) {}

    private final Map<Scope, Long> limits = new HashMap<>();
    private final Map<Use, Long> used = new HashMap<>();
    private final Map<String, Integer> clearings = new HashMap<>();
    private LocalDate today = LocalDate.EPOCH;

    /** Counts one call; false, and nothing counted, when the day's quota is used up. */
    synchronized boolean use(String appid, String path, Instant now) {
        begin(now);
        if (standing(appid, path).remaining() == 0) {
            return false;
        }
        used.merge(new Use(appid, path), 1L, Long::sum);
        return true;
    }

    /** Gives the app all its quotas back; false when it did so too often this month. */
    synchronized boolean clear(String appid, Instant now) {
        begin(now);
        if (clearings.getOrDefault(appid, 0) >= CLEARINGS_A_MONTH) {
            return false;
        }
        clearings.merge(appid, 1, Integer::sum);
        used.keySet().removeIf(use -> use.appid().equals(appid));
        return true;
    }

    synchronized Standing standing(String appid, String path, Instant now) {
        begin(now);
        return standing(appid, path);
    }

    /** What was used today, by app and path. */
    synchronized List<Standing> standings(Instant now) {
        begin(now);
        return used.keySet().stream()
                .map(use -> standing(use.appid(), use.path()))
                .sorted(Comparator.comparing(Standing::appid).thenComparing(Standing::path))
                .toList();
    }

    synchronized Map<Scope, Long> limits() {
        return Map.copyOf(limits);
    }

    synchronized void limit(Scope scope, long calls) {
        limits.put(scope, calls);
    }

    /** As at the start. */
    synchronized void reset() {
        limits.clear();
        used.clear();
        clearings.clear();
    }

    private Standing standing(String appid, String path) {
        return new Standing(appid, path, limitOf(appid, path), used.getOrDefault(new Use(appid, path), 0L));
    }

    /** The closest limit holds: of app and API, of the API, of the app, of all. */
    private long limitOf(String appid, String path) {
        return Stream.of(
                        Scope.of(appid, path),
                        new Scope(Optional.empty(), Optional.of(path)),
                        new Scope(Optional.of(appid), Optional.empty()),
                        new Scope(Optional.empty(), Optional.empty()))
                .filter(limits::containsKey)
                .findFirst()
                .map(limits::get)
                .orElseGet(() -> OWN_DEFAULTS.getOrDefault(path, DEFAULT_LIMIT));
    }

    private void begin(Instant now) {
        LocalDate date = LocalDate.ofInstant(now, ZONE);
        if (date.equals(today)) {
            return;
        }
        used.clear();
        if (!date.withDayOfMonth(1).equals(today.withDayOfMonth(1))) {
            clearings.clear();
        }
        today = date;
    }
}
