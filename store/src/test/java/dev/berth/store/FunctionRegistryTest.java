package dev.berth.store;

import static dev.berth.store.Samples.ENVIRONMENT;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.BerthException;
import dev.berth.core.Directory.FunctionEntry;
import dev.berth.core.FunctionId;
import dev.berth.core.FunctionRegistry;
import dev.berth.core.FunctionSettings;
import dev.berth.core.FunctionVersion;
import dev.berth.core.FunctionVersionId;
import dev.berth.core.TickClaims;
import dev.berth.core.Trigger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FunctionRegistryTest {
    private static final FunctionId SUM = new FunctionId(ENVIRONMENT.id(), "sumUp");
    private static final FunctionSettings SETTINGS = new FunctionSettings(
            "index.main",
            Duration.ofSeconds(20),
            512,
            4,
            Map.of("PASSWORD", Samples.PASSWORD),
            new TreeSet<>(List.of("subscribeMessage.send", "wxacode.get")),
            List.of(new Trigger("tick", "*/5 * * * * * *")));

    @TempDir
    Path folder;

    private Store store;

    @BeforeEach
    void open() {
        store = Samples.open(folder);
        Samples.fill(store);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aVersionIsLiveAtOnceAndAfterReopening() {
        FunctionVersion version = deploy();
        assertThat(live()).contains(version);

        reopen();

        assertThat(live()).contains(version);
        assertThat(functions().versions(SUM)).containsExactly(version);
    }

    @Test
    void servicesAndFunctionsOfOneNameDoNotMeet() {
        FunctionId demo = new FunctionId(ENVIRONMENT.id(), Samples.SERVICE.name());
        FunctionVersion function = deploy(demo);
        Samples.deploy(store);
        store.registry().removeService(demo.environmentId(), demo.name());

        reopen();

        assertThat(store.directory().current().function(demo).map(FunctionEntry::live))
                .contains(function);
    }

    @Test
    void theWayBackIsRemembered() {
        FunctionVersion first = deploy();
        FunctionVersion second = deploy();
        functions().release(first.id());
        functions().release(first.id());

        reopen();

        assertThat(live()).contains(first);
        assertThat(functions().releases(SUM)).containsExactly(first.id(), second.id(), first.id());
    }

    @Test
    void aNumberIsNeverHandedOutTwice() {
        deploy();
        functions().reserve(SUM);
        functions().remove(SUM);

        reopen();

        assertThat(live()).isEmpty();
        assertThat(functions().versions(SUM)).isEmpty();
        assertThat(functions().reserve(SUM).number()).isEqualTo(3);
    }

    @Test
    void onlyAVersionThatIsNotLiveCanBeRemoved() {
        FunctionVersion first = deploy();
        FunctionVersion second = deploy();

        assertRefused(() -> functions().removeVersion(second.id()), "VERSION_IN_USE");
        functions().removeVersion(first.id());
        assertRefused(() -> functions().removeVersion(first.id()), "VERSION_UNKNOWN");
        assertRefused(() -> functions().release(first.id()), "VERSION_UNKNOWN");
        assertThat(functions().releases(SUM)).containsExactly(second.id());
    }

    @Test
    void whatDoesNotExistIsRefused() {
        FunctionId elsewhere = new FunctionId("nowhere", "sum");
        assertRefused(() -> functions().reserve(elsewhere), "ENV_UNKNOWN");
        assertRefused(() -> functions().remove(SUM), "FUNCTION_UNKNOWN");
        assertRefused(() -> functions().addAndRelease(version(new FunctionVersionId(SUM, 7))), "VERSION_NOT_RESERVED");
        FunctionVersion version = deploy();
        assertRefused(() -> functions().addAndRelease(version), "VERSION_EXISTS");
        assertThat(live()).contains(version);
    }

    @Test
    void variablesAreSealed() throws Exception {
        deploy();
        store.close();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                assertThat(new String(Files.readAllBytes(file), ISO_8859_1)).doesNotContain(Samples.PASSWORD);
            }
        }
        store = Samples.open(folder);
    }

    @Test
    @Tag("HO-64")
    void aTickIsClaimedOnce() {
        deploy();
        Instant tick = Instant.parse("2026-11-21T00:00:05Z");
        assertThat(functions().claimTick(SUM, "tick", tick)).isTrue();
        assertThat(functions().claimTick(SUM, "tick", tick)).isFalse();

        reopen();

        assertThat(functions().claimTick(SUM, "tick", tick)).isFalse();
        assertThat(functions().claimTick(SUM, "tick", tick.plusSeconds(5))).isTrue();
        assertThat(functions().claimTick(SUM, "tick", tick)).isFalse();
        assertThat(functions().claimTick(SUM, "other", tick)).isTrue();
        assertThat(functions().claimTick(new FunctionId(ENVIRONMENT.id(), "none"), "tick", tick))
                .isFalse();
    }

    @Test
    @Tag("HO-64")
    void claimsOfTheFutureAreTakenBack() {
        deploy();
        Instant now = Instant.parse("2026-11-21T00:00:05Z");
        assertThat(functions().claimTick(SUM, "right", now)).isTrue();
        assertThat(functions().claimTick(SUM, "wrong", now.plusSeconds(61))).isTrue();

        assertThat(functions().takeBackClaimsAfter(now.plusSeconds(60), now))
                .containsExactly(new TickClaims.Claim(SUM, "wrong", now.plusSeconds(61)));

        assertThat(functions().takeBackClaimsAfter(now.plusSeconds(60), now)).isEmpty();
        reopen();
        assertThat(functions().claimTick(SUM, "right", now)).isFalse();
        assertThat(functions().claimTick(SUM, "wrong", now)).isFalse();
        assertThat(functions().claimTick(SUM, "wrong", now.plusSeconds(1))).isTrue();
    }

    @Test
    @Tag("HO-64")
    void ofManyAtOnceOneClaimsATick() throws Exception {
        deploy();
        Instant tick = Instant.parse("2026-11-21T00:00:05Z");
        try (ExecutorService nodes = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> claims = nodes.invokeAll(Collections.nCopies(
                    20, (Callable<Boolean>) () -> functions().claimTick(SUM, "t", tick)));
            int won = 0;
            for (Future<Boolean> claim : claims) {
                won += claim.get() ? 1 : 0;
            }
            assertThat(won).isEqualTo(1);
        }
    }

    private FunctionVersion deploy() {
        return deploy(SUM);
    }

    private FunctionVersion deploy(FunctionId function) {
        FunctionVersion version = version(functions().reserve(function));
        functions().addAndRelease(version);
        return version;
    }

    private static FunctionVersion version(FunctionVersionId id) {
        return new FunctionVersion(id, "digest-" + id.number(), SETTINGS, Samples.NOW);
    }

    private Optional<FunctionVersion> live() {
        return store.directory().current().function(SUM).map(FunctionEntry::live);
    }

    private FunctionRegistry functions() {
        return store.functions();
    }

    private void reopen() {
        store.close();
        store = Samples.open(folder);
    }

    private static void assertRefused(Runnable change, String code) {
        assertThatThrownBy(change::run)
                .isInstanceOfSatisfying(
                        BerthException.class,
                        refusal -> assertThat(refusal.problem().code()).isEqualTo(code));
    }
}
