package dev.berth.simulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The newest requests to the open API, in the order in which they were answered: at most {@link #MOST_ENTRIES}, and of
 * their texts at most {@link #MOST_CHARACTERS}. Lives as long as the process. For use by any thread.
 */
final class Journal {
    static final int MOST_ENTRIES = 20_000;
    static final long MOST_CHARACTERS = 16 * 1024 * 1024;

    private final Deque<JournalEntry> entries = new ArrayDeque<>();
    private long lastId;
    private long characters;
    private long forgotten;

    /** What the journal holds, as one moment. */
    record Contents(List<JournalEntry> entries, long forgotten, long lastId) {}

    synchronized void add(JournalEntry.Draft draft) {
        JournalEntry entry = draft.numbered(++lastId);
        entries.addLast(entry);
        characters += entry.size();
        while (entries.size() > MOST_ENTRIES || characters > MOST_CHARACTERS) {
            characters -= entries.removeFirst().size();
            forgotten++;
        }
    }

    synchronized Contents contents(Predicate<JournalEntry> choice) {
        return new Contents(entries.stream().filter(choice).toList(), forgotten, lastId);
    }

    synchronized Optional<JournalEntry> byRid(String rid) {
        return entries.stream().filter(entry -> entry.rid().equals(rid)).findFirst();
    }

    /** Forgets all entries; their ids are not given again. */
    synchronized void empty() {
        entries.clear();
        characters = 0;
        forgotten = 0;
    }

    /** As at the start: ids begin again. */
    synchronized void reset() {
        empty();
        lastId = 0;
    }
}
