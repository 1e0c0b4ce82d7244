package dev.berth.simulator;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.List;

/** Whether the journal holds what a test expects; where it does not, what came nearest, and in what that was other. */
final class Verification {
    private static final int MOST_TOLD = 3;

    private record Miss(JournalEntry entry, List<Difference> differences) {
        /** A call of another API is farther away than any call of the right one. */
        boolean isOfAnotherApi() {
            return differences.stream()
                    .anyMatch(difference -> difference.field().equals("api"));
        }

        JsonObject json() {
            JsonArray told = new JsonArray();
            differences.forEach(difference -> told.add(difference.json()));
            return new JsonObject().put("entry", entry.json()).put("differences", told);
        }
    }

    private Verification() {}

    static JsonObject of(Expectation expectation, Journal journal) {
        Journal.Contents contents = journal.contents(entry -> entry.id() > expectation.since());
        List<Miss> compared = contents.entries().stream()
                .map(entry -> new Miss(entry, expectation.differences(entry)))
                .toList();
        List<JournalEntry> found = compared.stream()
                .filter(miss -> miss.differences().isEmpty())
                .map(Miss::entry)
                .toList();
        boolean passed = expectation.takes(found.size());
        JsonObject json = new JsonObject()
                .put("passed", passed)
                .put("found", found.size())
                .put("expected", expectation.times())
                .put("forgotten", contents.forgotten());
        return passed ? json : json.put("matches", told(found)).put("nearestMisses", nearest(compared));
    }

    private static JsonArray told(List<JournalEntry> found) {
        JsonArray told = new JsonArray();
        found.stream().limit(MOST_TOLD).map(JournalEntry::json).forEach(told::add);
        return told;
    }

    private static JsonArray nearest(List<Miss> compared) {
        JsonArray nearest = new JsonArray();
        compared.stream()
                .filter(miss -> !miss.differences().isEmpty())
                .sorted(Comparator.comparing(Miss::isOfAnotherApi)
                        .thenComparingInt(miss -> miss.differences().size())
                        .thenComparingLong(miss -> -miss.entry().id()))
                .limit(MOST_TOLD)
                .map(Miss::json)
                .forEach(nearest::add);
        return nearest;
    }
}
