package dev.berth.hosting;

import static dev.berth.hosting.Calls.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.core.Activator.Lease;
import dev.berth.core.InwardDoor;
import dev.berth.core.Version;
import dev.berth.core.VersionId;
import dev.berth.hosting.FakeRuntime.FakeInstance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class HostingTest {
    @TempDir
    Path data;

    private final FakeRuntime runtime = new FakeRuntime();
    private final MemoryRegistry registry = new MemoryRegistry("prod-01", "test-02");
    private Hosting hosting;

    @BeforeEach
    void open() {
        hosting = new Hosting(data, runtime, InwardDoor.NONE, registry, registry, Clock.systemUTC(), event -> {});
    }

    @AfterEach
    void close() {
        hosting.close();
    }

    private Version deploy(String content) {
        return hosting.deploy(
                        new DeployRequest(
                                "prod-01",
                                "demo",
                                Tars.of("app", content),
                                Optional.of("./app"),
                                OptionalInt.empty(),
                                Optional.empty(),
                                AskedScale.NONE,
                                Map.of(),
                                Set.of(),
                                true),
                        _ -> {})
                .version();
    }

    private ServiceStatus status() {
        List<ServiceStatus> all = hosting.status("prod-01");
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    @Test
    void fromUploadToLeaseAndBack() {
        assertThat(hosting.status("prod-01")).isEmpty();
        assertThat(hosting.status("unknown")).isEmpty();
        Version version = deploy("1");
        await().until(() -> runtime.prepared.contains(hosting.filesOf(version.id())));
        assertThat(status().state()).isEqualTo(ServiceStatus.State.ZERO);
        assertThat(status().version()).hasValue(version);

        Lease lease = call(hosting.activator(), version).lease();
        assertThat(runtime.only().request.files()).isEqualTo(hosting.filesOf(version.id()));
        assertThat(runtime.only().request.command()).containsExactly("sh", "-c", "./app");
        assertThat(status().state()).isEqualTo(ServiceStatus.State.RUNNING);
        assertThat(status().inFlight()).isEqualTo(1);
        lease.end();
        assertThat(hosting.log("prod-01", "demo").tail(10))
                .anyMatch(line -> line.endsWith(lease.instanceId() + " listening"))
                .anyMatch(line -> line.matches(".* \\[berth\\] started in \\d+ ms, pid \\d+ \\(from zero\\)"));
    }

    @Test
    @Tag("HO-14")
    void aReleaseCutsNoCallInFlight() {
        Version one = deploy("1");
        Lease held = call(hosting.activator(), one).lease();
        FakeInstance old = runtime.only();

        Version two = deploy("2");
        Lease next = call(hosting.activator(), two).lease();
        assertThat(old.stopAsked).isFalse();
        assertThat(status().instances()).isEqualTo(2);
        held.end();
        await().until(() -> old.stopAsked);
        await().until(() -> status().instances() == 1);
        assertThat(next.instanceId()).startsWith("demo-002-");
    }

    @Test
    @Tag("HO-14")
    void aRollbackDrainsTheNewerVersion() {
        Version one = deploy("1");
        Version two = deploy("2");
        Lease held = call(hosting.activator(), two).lease();
        FakeInstance newer = runtime.only();
        hosting.rollback("prod-01", "demo", Optional.empty());

        call(hosting.activator(), one).lease();
        assertThat(newer.stopAsked).isFalse();
        held.end();
        await().until(() -> newer.stopAsked);
    }

    @Test
    void anUnchangedDeploymentKeepsTheInstance() {
        Version one = deploy("1");
        call(hosting.activator(), one).lease().end();
        deploy("1");
        assertThat(runtime.only().stopAsked).isFalse();
    }

    @Test
    void aFailingServiceSaysSo() {
        Version one = deploy("1");
        runtime.beforeStart = _ -> {
            throw Refused.because("EXITED_BEFORE_READY", "exit code 1", "Look at the log.");
        };
        call(hosting.activator(), one).failure();
        assertThat(status().state()).isEqualTo(ServiceStatus.State.FAILING);
        assertThat(status().lastFailure()).hasValue("exit code 1");
    }

    @Test
    void aRemovedServiceLeavesNothing() {
        Version one = deploy("1");
        call(hosting.activator(), one).lease().end();
        hosting.remove("prod-01", "demo");

        assertThat(hosting.status("prod-01")).isEmpty();
        assertThat(runtime.running).isEmpty();
        assertThat(runtime.discarded).containsExactly(hosting.filesOf(one.id()));
        assertThat(data.resolve("versions/prod-01/demo")).doesNotExist();
        assertThat(data.resolve("logs/prod-01/demo.log")).doesNotExist();
        assertThat(Problems.of(() -> hosting.remove("prod-01", "demo")).code()).isEqualTo("SERVICE_UNKNOWN");
    }

    @Test
    @Tag("HO-3")
    void aNumberIsNotReusedAfterRemoval() {
        deploy("1");
        hosting.remove("prod-01", "demo");
        assertThat(deploy("1").id().name()).isEqualTo("demo-002");
    }

    @Test
    void whatAnInterruptedDeploymentLeftIsRemovedAtTheNextStart() throws Exception {
        Version kept = deploy("1");
        List<Path> litter = List.of(
                data.resolve("versions/.incoming-123/deep"),
                hosting.filesOf(new VersionId("prod-01", "demo", 7)),
                hosting.filesOf(new VersionId("prod-01", "gone", 1)),
                hosting.filesOf(new VersionId("no-such-env", "demo", 1)));
        for (Path folder : litter) {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("file"), "litter");
        }
        hosting.close();
        open();
        assertThat(litter).noneMatch(Files::exists);
        assertThat(hosting.filesOf(kept.id()).resolve("app")).hasContent("1");
    }

    @Test
    void servicesOfOneNameInTwoEnvironmentsAreApart() throws IOException {
        Version one = deploy("1");
        Version other = hosting.deploy(
                        new DeployRequest(
                                "test-02",
                                "demo",
                                Tars.of("app", "2"),
                                Optional.of("./app"),
                                OptionalInt.empty(),
                                Optional.empty(),
                                AskedScale.NONE,
                                Map.of(),
                                Set.of(),
                                true),
                        _ -> {})
                .version();
        call(hosting.activator(), one).lease().end();
        call(hosting.activator(), other).lease();
        hosting.remove("prod-01", "demo");
        assertThat(runtime.only().request.variables()).containsEntry("CBR_ENV_ID", "test-02");
        assertThat(Files.readString(hosting.filesOf(other.id()).resolve("app"))).isEqualTo("2");
    }
}
