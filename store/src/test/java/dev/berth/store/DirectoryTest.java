package dev.berth.store;

import static dev.berth.store.Samples.ENVIRONMENT;
import static dev.berth.store.Samples.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.AccessKind;
import dev.berth.core.Directory;
import dev.berth.core.Service;
import dev.berth.core.Version;
import dev.berth.core.VersionId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryTest {
    @TempDir
    Path folder;

    @Test
    void pictureNeverChanges() {
        try (Store store = Samples.open(folder)) {
            assertThat(store.directory().current()).isEqualTo(Directory.EMPTY);
            Samples.fill(store);
            Directory before = store.directory().current();

            Samples.deploy(store);
            store.registry().removeService(ENVIRONMENT.id(), SERVICE.name());

            var entry = before.environment(ENVIRONMENT.id()).orElseThrow();
            assertThat(entry.service(SERVICE.name()).orElseThrow().release().isEmpty())
                    .isTrue();
            assertThatThrownBy(before.apps()::clear).isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(entry.services()::clear).isInstanceOf(UnsupportedOperationException.class);
        }
    }

    @Test
    void everyThreadSeesItsOwnChangeAtReturn() throws Exception {
        try (Store store = Samples.open(folder);
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Samples.fill(store);
            List<Future<Boolean>> seen = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                Service service = new Service(ENVIRONMENT.id(), "s" + i, Set.of(AccessKind.PUBLIC));
                seen.add(callers.submit(() -> {
                    store.registry().putService(service);
                    return store.directory()
                            .current()
                            .environment(ENVIRONMENT.id())
                            .orElseThrow()
                            .service(service.name())
                            .isPresent();
                }));
            }
            for (Future<Boolean> each : seen) {
                assertThat(each.get()).isTrue();
            }
        }
    }

    @Test
    @Tag("HO-3")
    void fiftyThreadsReserveDistinctNumbers() throws Exception {
        try (Store store = Samples.open(folder);
                ExecutorService callers = Executors.newFixedThreadPool(50)) {
            Samples.fill(store);
            List<Future<Version>> deployed = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                deployed.add(callers.submit(() -> Samples.deploy(store)));
            }
            List<Integer> numbers = new ArrayList<>();
            for (Future<Version> each : deployed) {
                numbers.add(each.get().id().number());
            }
            assertThat(numbers)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.rangeClosed(1, 50).boxed().toList());
        }
    }

    @Test
    void storeThreadMayCallTheRegistry() {
        try (Store store = Samples.open(folder)) {
            Samples.fill(store);
            VersionId id = store.sessions()
                    .add(Samples.session("a"), "key")
                    .thenApply(done -> store.registry().reserveVersion(ENVIRONMENT.id(), SERVICE.name()))
                    .toCompletableFuture()
                    .orTimeout(30, TimeUnit.SECONDS)
                    .join();
            assertThat(id.number()).isEqualTo(1);
        }
    }
}
