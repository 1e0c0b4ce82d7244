package dev.berth.benchmarks;

import java.util.LinkedHashMap;
import java.util.Map;

/** A table of medians: the yardstick, Berth, and their ratio. */
final class Comparison {
    private record Row(Samples yardstick, Samples berth) {}

    private final String yardstick;
    private final Map<String, Row> rows = new LinkedHashMap<>();

    Comparison(String yardstick) {
        this.yardstick = yardstick;
    }

    void addYardstick(String row, double value) {
        row(row).yardstick().add(value);
    }

    void addBerth(String row, double value) {
        row(row).berth().add(value);
    }

    /** Median of Berth's values less the median of the yardstick's. */
    double added(String row) {
        return row(row).berth().median() - row(row).yardstick().median();
    }

    private Row row(String name) {
        return rows.computeIfAbsent(name, _ -> new Row(new Samples(), new Samples()));
    }

    void print() {
        System.out.printf("%-46s %12s %12s %8s%n", "", yardstick, "berth", "ratio");
        rows.forEach((name, row) -> {
            double a = row.yardstick().median();
            double b = row.berth().median();
            System.out.printf("%-46s %12.1f %12.1f %8.2f%n", name, a, b, b / a);
        });
    }
}
