package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.App;
import dev.berth.core.AppKind;
import dev.berth.core.Asker;
import dev.berth.core.CloudCall;
import dev.berth.core.Directory;
import dev.berth.core.Directory.EnvironmentEntry;
import dev.berth.core.Directory.FunctionEntry;
import dev.berth.core.Environment;
import dev.berth.core.FunctionId;
import dev.berth.core.FunctionSettings;
import dev.berth.core.FunctionVersion;
import dev.berth.core.FunctionVersionId;
import dev.berth.core.OpenApiRecord;
import dev.berth.core.VersionId;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OpenApiMetricsTest {
    private static final Asker SERVICE = new Asker.InstanceAsker(new VersionId("prod-01", "demo", 1), "demo-001-a");

    private final OpenApiMetrics metrics = new OpenApiMetrics();

    @ParameterizedTest
    @CsvSource({
        "200,     0, 1, '',  ok",
        "200,     0, 2, '',  ok",
        "200, 87014, 1, '',  error",
        "500,     0, 1, '',  error",
        "200, 85107, 0, why, refused",
        "502,     0, 0, why, refused",
        "200, 48001, 0, why, refused",
        "200, 41001, 0, why, refused",
        "200, 85105, 0, why, refused",
        "200, 85112, 0, why, unavailable",
        "200, 85113, 0, why, unavailable",
        "502, 10101, 0, why, unavailable",
        "502, 10103, 1, why, unavailable"
    })
    void everyOutcomeHasItsClass(int status, int errcode, int tries, String reason, String outcome) {
        metrics.record(call(SERVICE, status, errcode, tries, reason));

        assertThat(counted())
                .containsExactly("environment=\"prod-01\",outcome=\"%s\",service=\"demo\" 1".formatted(outcome));
    }

    @Test
    void aFunctionIsNamedAsAServiceIsUntilNeitherIsThere() {
        FunctionId id = new FunctionId("prod-01", "sum");
        metrics.record(call(new Asker.FunctionAsker(id, "r-1"), 200, 0, 1, ""));
        metrics.record(call(new Asker.FunctionAsker(new FunctionId("prod-01", "gone"), "r-2"), 200, 0, 1, ""));
        metrics.keepOnly(withFunction(id));
        assertThat(counted()).containsExactly("environment=\"prod-01\",outcome=\"ok\",service=\"sum\" 1");
        assertThat(snapshots().filter(HistogramSnapshot.class::isInstance))
                .singleElement()
                .satisfies(family -> assertThat(family.getDataPoints())
                        .singleElement()
                        .satisfies(point ->
                                assertThat(point.getLabels().get("service")).isEqualTo("sum")));

        metrics.keepOnly(Directory.EMPTY);

        assertThat(snapshots()).isEmpty();
    }

    private static Directory withFunction(FunctionId id) {
        FunctionVersion live =
                new FunctionVersion(new FunctionVersionId(id, 1), "0a", FunctionSettings.DEFAULTS, Instant.EPOCH);
        EnvironmentEntry environment = new EnvironmentEntry(
                new Environment(id.environmentId(), Defaults.APP),
                Set.of(),
                CloudCall.DEFAULT,
                Map.of(),
                Map.of(id.name(), new FunctionEntry(id, live)));
        return new Directory(Map.of(), Map.of(id.environmentId(), environment));
    }

    @Test
    void whatBerthItselfAsksHasNoService() {
        metrics.record(call(new Asker.PlatformAsker(), 200, 0, 1, ""));
        metrics.record(call(new Asker.OperatorAsker("operator:alice"), 200, 0, 1, ""));

        assertThat(counted()).containsExactly("environment=\"\",outcome=\"ok\",service=\"\" 2");
    }

    @ParameterizedTest
    @CsvSource({
        "200,     0, '',  ok",
        "200, 40125, '',  error",
        "200,    -1, '',  error",
        "0,       0, why, unavailable",
        "502,     0, why, unavailable"
    })
    void everyRenewalOfATokenIsCountedForItsApp(int status, int errcode, String reason, String outcome) {
        metrics.record(call(new Asker.PlatformAsker(), "/cgi-bin/stable_token", status, errcode, reason));
        metrics.record(call(SERVICE, "/cgi-bin/stable_token", status, errcode, reason)); // gets the present one

        String counted = "app=\"%s\",outcome=\"%s\" 1".formatted(Defaults.APP, outcome);
        assertThat(counted()).filteredOn(line -> line.startsWith("app=")).containsExactly(counted);
        metrics.keepOnly(new Directory(Map.of(Defaults.APP, new App(Defaults.APP, AppKind.MINI_PROGRAM)), Map.of()));
        assertThat(counted()).contains(counted);
        metrics.keepOnly(Directory.EMPTY);
        assertThat(counted()).doesNotContain(counted);
    }

    @Test
    void onlyCallsThatWereSentHaveATime() {
        metrics.record(call(SERVICE, 200, 85107, 0, "why"));
        assertThat(snapshots().filter(HistogramSnapshot.class::isInstance)).isEmpty();

        metrics.record(call(SERVICE, 200, 0, 1, ""));
        assertThat(snapshots()
                        .filter(HistogramSnapshot.class::isInstance)
                        .map(HistogramSnapshot.class::cast)
                        .flatMap(family -> family.getDataPoints().stream()))
                .singleElement()
                .satisfies(point -> assertThat(point.getSum()).isEqualTo(0.012));
    }

    @Test
    void aServiceThatIsGoneIsForgottenAndBerthIsNot() {
        metrics.record(call(SERVICE, 200, 0, 1, ""));
        metrics.record(call(new Asker.PlatformAsker(), 200, 0, 1, ""));

        metrics.keepOnly(Directory.EMPTY);

        assertThat(counted()).containsExactly("environment=\"\",outcome=\"ok\",service=\"\" 1");
    }

    private Stream<MetricSnapshot> snapshots() {
        Samples samples = new Samples();
        metrics.addTo(samples);
        return samples.snapshots().stream();
    }

    private List<String> counted() {
        return snapshots()
                .filter(CounterSnapshot.class::isInstance)
                .map(CounterSnapshot.class::cast)
                .flatMap(family -> family.getDataPoints().stream())
                .map(point -> point.getLabels().stream()
                                .map(label -> "%s=\"%s\"".formatted(label.getName(), label.getValue()))
                                .sorted()
                                .reduce((all, next) -> all + "," + next)
                                .orElse("")
                        + " " + (long) point.getValue())
                .toList();
    }

    private static OpenApiRecord call(Asker asker, String path, int status, int errcode, String reason) {
        return call(asker, path, status, errcode, 1, reason);
    }

    private static OpenApiRecord call(Asker asker, int status, int errcode, int tries, String reason) {
        return call(asker, "/wxa/msg_sec_check", status, errcode, tries, reason);
    }

    private static OpenApiRecord call(Asker asker, String path, int status, int errcode, int tries, String reason) {
        return new OpenApiRecord(
                Instant.EPOCH,
                asker,
                Defaults.APP,
                "POST",
                path,
                status,
                errcode,
                tries,
                Optional.of(reason).filter(text -> !text.isEmpty()),
                12);
    }
}
