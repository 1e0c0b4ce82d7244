package dev.berth.server;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmGarbageCollectorMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmThreadsMetrics;
import io.prometheus.metrics.instrumentation.jvm.ProcessMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Metrics in the text format that was asked for, with those of the JVM and the process. Loaded when the page is read
 * first: the library costs a start 40 to 90 ms.
 */
final class MetricsPage {
    private final PrometheusRegistry machine = new PrometheusRegistry();
    private final List<ExpositionFormatWriter> formats =
            List.of(OpenMetricsTextFormatWriter.create(), PrometheusTextFormatWriter.create());

    MetricsPage() {
        JvmMemoryMetrics.builder().register(machine);
        JvmGarbageCollectorMetrics.builder().register(machine);
        JvmThreadsMetrics.builder().register(machine);
        ProcessMetrics.builder().register(machine);
    }

    record Text(String contentType, Buffer body) {}

    /** @param accept the header; the classic format if it does not name another */
    Text write(List<? extends MetricSnapshot> own, String accept) {
        ExpositionFormatWriter format = formats.stream()
                .filter(writer -> writer.accepts(accept))
                .findFirst()
                .orElse(formats.getLast());
        MetricSnapshots.Builder all = MetricSnapshots.builder();
        own.forEach(all::metricSnapshot);
        machine.scrape().forEach(all::metricSnapshot);
        ByteArrayOutputStream out = new ByteArrayOutputStream(32 * 1024);
        try {
            format.write(out, all.build(), EscapingScheme.UNDERSCORE_ESCAPING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Text(format.getContentType(), Buffer.buffer(out.toByteArray()));
    }
}
