package dev.berth.hosting;

import dev.berth.core.Activator.Lease;
import dev.berth.core.InwardDoor;
import dev.berth.core.Release;
import dev.berth.core.Version;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Hosting over a fake runtime, with one service that is deployed again and again. */
final class ReleaseRoom implements AutoCloseable {
    final FakeRuntime runtime = new FakeRuntime();
    final MemoryRegistry registry = new MemoryRegistry("prod-01");
    final Hosting hosting;

    ReleaseRoom(Path data) {
        hosting = new Hosting(data, runtime, InwardDoor.NONE, registry, registry, Clock.systemUTC(), event -> {});
    }

    Version deploy(String content) {
        return hosting.deploy(request(content, OptionalInt.empty()), _ -> {}).version();
    }

    Version deployAtPort(String content, int port) {
        return hosting.deploy(request(content, OptionalInt.of(port)), _ -> {}).version();
    }

    Deployed deployGray(String content, int weight) {
        return hosting.deployGray(request(content, OptionalInt.empty()), weight, _ -> {});
    }

    private static DeployRequest request(String content, OptionalInt port) {
        return new DeployRequest(
                "prod-01",
                "demo",
                Tars.of("app", content),
                Optional.of("./app"),
                port,
                Optional.empty(),
                AskedScale.NONE,
                Map.of(),
                Set.of(),
                true);
    }

    Release release(String version, int weight) {
        return hosting.release("prod-01", "demo", version, weight);
    }

    Release release(Map<String, Integer> weights) {
        return hosting.release("prod-01", "demo", weights);
    }

    Release rollback() {
        return hosting.rollback("prod-01", "demo", Optional.empty());
    }

    Release rollback(String version) {
        return hosting.rollback("prod-01", "demo", Optional.of(version));
    }

    /** As {@code demo-001 80 demo-002 20}. */
    String shares() {
        StringBuilder text = new StringBuilder();
        registry.entry("prod-01", "demo")
                .release()
                .live()
                .forEach(share -> text.append(' ')
                        .append(share.version().id().name())
                        .append(' ')
                        .append(share.weight()));
        return text.toString().strip();
    }

    Lease call(Version version) {
        return Calls.call(hosting.activator(), version).lease();
    }

    void neverReady(String version) {
        runtime.beforeStart = request -> {
            if (request.instanceId().startsWith(version)) {
                throw Refused.because("EXITED_BEFORE_READY", "exit code 1", "Look at the log.");
            }
        };
    }

    @Override
    public void close() {
        hosting.close();
    }
}
