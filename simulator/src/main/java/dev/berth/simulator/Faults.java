package dev.berth.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The faults that are set, in the order in which they were. They live as long as the process. For use by any thread. */
final class Faults {
    static final int MOST = 1000;

    /** A fault and how often it has struck. */
    record Entry(long id, Fault fault, long struck) {
        boolean isSpent() {
            return fault.count().filter(count -> struck >= count).isPresent();
        }
    }

    private final List<Entry> entries = new ArrayList<>();
    private long lastId;

    synchronized Entry add(Fault fault) {
        if (entries.size() == MOST) {
            throw new IllegalArgumentException(
                    "There are %d faults already. Remove some with DELETE /__sim__/faults.".formatted(MOST));
        }
        Entry entry = new Entry(++lastId, fault, 0);
        entries.add(entry);
        return entry;
    }

    synchronized List<Entry> all() {
        return List.copyOf(entries);
    }

    synchronized Optional<Entry> find(long id) {
        return entries.stream().filter(entry -> entry.id() == id).findFirst();
    }

    synchronized boolean remove(long id) {
        return entries.removeIf(entry -> entry.id() == id);
    }

    synchronized void removeAll() {
        entries.clear();
    }

    /** As at the start: ids begin again. */
    synchronized void reset() {
        entries.clear();
        lastId = 0;
    }

    /** The first fault that matches the call, is not spent and has the luck; it counts as struck. */
    synchronized Optional<Fault.Struck> strike(String path, Caller caller, Chance chance) {
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            if (!entry.isSpent() && matches(entry.fault(), path, caller) && hasLuck(entry.fault(), chance)) {
                entries.set(i, new Entry(entry.id(), entry.fault(), entry.struck() + 1));
                Fault fault = entry.fault();
                return Optional.of(new Fault.Struck(entry.id(), fault.delay().drawn(chance), fault.effect()));
            }
        }
        return Optional.empty();
    }

    private static boolean matches(Fault fault, String path, Caller caller) {
        return fault.path().map(path::equals).orElse(true)
                && fault.app()
                        .map(app -> caller.appid().equals(Optional.of(app)))
                        .orElse(true)
                && fault.user().map(caller::isAbout).orElse(true);
    }

    private static boolean hasLuck(Fault fault, Chance chance) {
        return fault.probability() == 1 || chance.fraction() < fault.probability();
    }
}
