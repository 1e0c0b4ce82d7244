package dev.berth.server;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.App;
import dev.berth.core.AppKind;
import dev.berth.core.CallRecord;
import dev.berth.core.Environment;
import dev.berth.core.GatewayError;
import dev.berth.core.Refusal;
import dev.berth.core.SystemError;
import dev.berth.core.VersionId;
import dev.berth.store.MasterKey;
import dev.berth.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
final class CallMetricsTest {
    @TempDir
    private Path data;

    private Store store;
    private CallMetrics metrics;

    @BeforeEach
    void openStore() {
        store = Store.open(
                data.resolve("berth.db"), MasterKey.loadOrCreate(data.resolve("master.key")), Clock.systemUTC());
        store.registry().putApp(new App(Defaults.APP, AppKind.MINI_PROGRAM), "secret");
        store.registry().putEnvironment(new Environment("prod-01", Defaults.APP));
        metrics = new CallMetrics(store.directory());
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void whatCallersMakeUpMakesNoLabels() {
        for (int i = 0; i < 1_000; i++) {
            metrics.record(call("env-" + i, "service-" + i, refused("gateway")));
            metrics.record(call("prod-01", "service-" + i, refused("gateway")));
        }
        metrics.record(call("_unknown", "_unknown", refused("gateway")));

        assertThat(metrics.current().keySet()).containsExactlyInAnyOrder("_unknown", "prod-01");
        assertThat(metrics.current().get("prod-01")).containsOnlyKeys("_unknown");
        assertThat(metrics.current().get("_unknown")).containsOnlyKeys("_unknown");
        assertThat(counted("_unknown")).containsExactly("1001 2xx SERVICE_UNKNOWN gateway");
        assertThat(counted("prod-01")).containsExactly("1000 2xx SERVICE_UNKNOWN gateway");
    }

    @Test
    void invocationsOfFunctionsAreNotCallsOfAServiceOfThatName() {
        metrics.record(
                record("prod-01", CallRecord.Kind.FUNCTION, "x", Optional.empty(), 200, Optional.empty(), false, 0, 1));

        assertThat(metrics.current()).isEmpty();
    }

    @Test
    void aServiceThatNobodyCalledCanBeForgotten() {
        metrics.forget("prod-01", "quiet");
        metrics.forget("nowhere", "quiet");

        assertThat(metrics.current()).isEmpty();
    }

    @Test
    void everyOutcomeHasItsStatusAndComponent() {
        metrics.record(call("prod-01", "x", Optional.empty(), 200));
        metrics.record(call("prod-01", "x", Optional.empty(), 204));
        metrics.record(call("prod-01", "x", Optional.empty(), 503));
        metrics.record(call("prod-01", "x", gateway(GatewayError.BAD_REQUEST, "client"), 0));
        metrics.record(call("prod-01", "x", gateway(GatewayError.BAD_GATEWAY, "service"), 502));
        metrics.record(call("prod-01", "x", gateway(GatewayError.SERVICE_NOT_READY, "somebody new"), 503));
        metrics.record(call("prod-01", "x", Optional.empty(), 9_999));

        assertThat(counted("prod-01"))
                .containsExactlyInAnyOrder(
                        "2 2xx ok service",
                        "2 5xx ok service",
                        "1 none BAD_REQUEST client",
                        "1 5xx BAD_GATEWAY service",
                        "1 5xx SERVICE_NOT_READY other");
    }

    @Test
    void timesAreCountedOfCallsThatReachedAVersion() {
        metrics.record(call("prod-01", "x", refused("gateway")));
        VersionId version = new VersionId("prod-01", "x", 1);
        metrics.record(timed(version, true, 40, 3_000));
        metrics.record(timed(version, false, 0, 1));
        metrics.record(timed(version, false, 0, 60_000));

        ServiceCalls calls = unknownIn("prod-01");
        assertThat(calls.durations().counts()).hasSameSizeAs(TimeHistogram.upperBounds());
        assertThat(calls.durations().counts()[0]).isOne();
        assertThat(calls.durations().counts()[11]).isOne(); // up to 5 s
        assertThat(calls.durations().counts()[15]).isOne(); // beyond all
        assertThat(calls.durations().sumSeconds()).isEqualTo(63.001);
        assertThat(calls.coldStarts().counts()[5]).isOne(); // up to 50 ms
        assertThat(calls.coldStarts().sumSeconds()).isEqualTo(0.04);
        assertThat(calls.queues().sumSeconds()).isEqualTo(0.04);
    }

    /** Whoever adds a component to a refusal in the gateway has to add it to the metrics and to docs/metrics.md. */
    @Test
    void theGatewayNamesNoOtherComponents() throws Exception {
        Pattern refusal = Pattern.compile("Refusal\\.(?:system|gateway)\\((?:[^;]*?)\"(\\w+)\"", Pattern.DOTALL);
        Set<String> components = new TreeSet<>();
        try (Stream<Path> files = Files.list(Path.of("../gateway/src/main/java/dev/berth/gateway"))) {
            for (Path file : files.toList()) {
                refusal.matcher(read(file)).results().forEach(match -> components.add(match.group(1)));
            }
        }

        assertThat(components).contains("gateway", "runtime").isSubsetOf(ServiceCalls.COMPONENTS);
        assertThat(read(Path.of("../docs/metrics.md")))
                .contains(
                        ServiceCalls.COMPONENTS.stream().map("`%s`"::formatted).toList());
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file);
    }

    private ServiceCalls unknownIn(String environment) {
        return requireNonNull(requireNonNull(metrics.current().get(environment)).get("_unknown"));
    }

    private Stream<String> counted(String environment) {
        return unknownIn(environment).counted().stream()
                .map(counted -> counted.number() + " " + counted.kind().status() + " "
                        + counted.kind().outcome() + " " + counted.kind().component());
    }

    private static Optional<Refusal> refused(String component) {
        return Optional.of(Refusal.system(SystemError.SERVICE_UNKNOWN, component, "no"));
    }

    private static Optional<Refusal> gateway(GatewayError error, String component) {
        return Optional.of(Refusal.gateway(error, component, "no"));
    }

    private static CallRecord call(String environment, String service, Optional<Refusal> refusal) {
        return call(environment, service, refusal, 200);
    }

    private static CallRecord call(String environment, String service, Optional<Refusal> refusal, int status) {
        return record(environment, CallRecord.Kind.SERVICE, service, Optional.empty(), status, refusal, false, 0, 1);
    }

    private static CallRecord timed(VersionId version, boolean cold, long queue, long total) {
        return record(
                "prod-01",
                CallRecord.Kind.SERVICE,
                "x",
                Optional.of(version),
                200,
                Optional.empty(),
                cold,
                queue,
                total);
    }

    private static CallRecord record(
            String environment,
            CallRecord.Kind kind,
            String service,
            Optional<VersionId> version,
            int status,
            Optional<Refusal> refusal,
            boolean cold,
            long queue,
            long total) {
        return new CallRecord(
                "1",
                Instant.EPOCH,
                "GET",
                "/",
                environment,
                kind,
                service,
                version,
                Optional.empty(),
                status,
                "x",
                refusal,
                cold,
                queue,
                total);
    }
}
