package dev.berth.server;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The numbers of one reading of the page, by family; in the library's form at the end. */
final class Samples {
    private final Map<Family, List<DataPointSnapshot>> points = new LinkedHashMap<>();

    void add(Family family, double value, String... labels) {
        DataPointSnapshot point = switch (family.kind()) {
            case COUNTER -> new CounterSnapshot.CounterDataPointSnapshot(value, labels(family, labels), null, 0);
            case GAUGE -> new GaugeSnapshot.GaugeDataPointSnapshot(value, labels(family, labels), null);
            case INFO -> new InfoSnapshot.InfoDataPointSnapshot(labels(family, labels));
            case HISTOGRAM -> throw new IllegalArgumentException(family.name() + " is a histogram");
        };
        put(family, point);
    }

    void add(Family family, TimeHistogram histogram, String... labels) {
        put(
                family,
                new HistogramSnapshot.HistogramDataPointSnapshot(
                        ClassicHistogramBuckets.of(TimeHistogram.upperBounds(), histogram.counts()),
                        histogram.sumSeconds(),
                        labels(family, labels),
                        null,
                        0));
    }

    void add(Family family, Counters counters) {
        counters.numbers()
                .forEach((labels, number) -> add(family, (double) number.sum(), labels.toArray(String[]::new)));
    }

    private void put(Family family, DataPointSnapshot point) {
        points.computeIfAbsent(family, ignored -> new ArrayList<>()).add(point);
    }

    private static Labels labels(Family family, String... values) {
        return Labels.of(family.labels(), List.of(values));
    }

    List<MetricSnapshot> snapshots() {
        List<MetricSnapshot> all = new ArrayList<>();
        points.forEach((family, data) -> all.add(snapshot(family, data)));
        return all;
    }

    @SuppressWarnings("unchecked") // each family has points of its kind only
    private static MetricSnapshot snapshot(Family family, List<? extends DataPointSnapshot> data) {
        MetricMetadata metadata = new MetricMetadata(family.name().replaceAll("_(total|info)$", ""), family.help());
        return switch (family.kind()) {
            case COUNTER -> new CounterSnapshot(metadata, (List<CounterSnapshot.CounterDataPointSnapshot>) data);
            case GAUGE -> new GaugeSnapshot(metadata, (List<GaugeSnapshot.GaugeDataPointSnapshot>) data);
            case INFO -> new InfoSnapshot(metadata, (List<InfoSnapshot.InfoDataPointSnapshot>) data);
            case HISTOGRAM ->
                new HistogramSnapshot(metadata, (List<HistogramSnapshot.HistogramDataPointSnapshot>) data);
        };
    }
}
