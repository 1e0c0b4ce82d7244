package dev.berth.store;

import static dev.berth.store.Samples.ENVIRONMENT;
import static dev.berth.store.Samples.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.Registry;
import dev.berth.core.Release;
import dev.berth.core.Release.Share;
import dev.berth.core.Version;
import dev.berth.core.VersionId;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleaseTest {
    private static final String ENV = ENVIRONMENT.id();
    private static final String NAME = SERVICE.name();

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
    @Tag("HO-9")
    void aReleaseIsSeenAtOnceAndAfterReopening() {
        Version first = Samples.deploy(store);
        Version second = added();
        assertThat(release()).isEqualTo(Release.full(first));

        Release gray = new Release(List.of(new Share(second, 20), new Share(first, 80)));
        registry().release(ENV, NAME, gray);

        assertThat(release()).isEqualTo(gray);
        reopen();
        assertThat(release()).isEqualTo(gray);
    }

    @Test
    @Tag("HO-9")
    void aReleaseMayGiveNobodyTraffic() {
        Version first = Samples.deploy(store);
        registry().release(ENV, NAME, new Release(List.of(new Share(first, 0))));

        reopen();

        assertThat(release().choose(0)).isEmpty();
        assertThat(release().shares()).hasSize(1);
    }

    @Test
    @Tag("HO-10")
    void whoHadAllTrafficIsRememberedInThatOrder() {
        Version first = Samples.deploy(store);
        Version second = Samples.deploy(store);
        Version third = added();
        registry().release(ENV, NAME, new Release(List.of(new Share(third, 50), new Share(second, 50))));
        registry().release(ENV, NAME, Release.full(first));
        registry().release(ENV, NAME, Release.full(first));

        reopen();

        assertThat(registry().fullReleases(ENV, NAME)).containsExactly(first.id(), second.id(), first.id());
        assertThat(registry().fullReleases(ENV, "none")).isEmpty();
    }

    @Test
    void thePastIsBounded() {
        Version first = Samples.deploy(store);
        Version second = Samples.deploy(store);
        for (int round = 0; round < 60; round++) {
            registry().release(ENV, NAME, Release.full(first));
            registry().release(ENV, NAME, Release.full(second));
        }

        assertThat(registry().fullReleases(ENV, NAME)).hasSize(100).startsWith(second.id(), first.id(), second.id());
    }

    @Test
    void aReleaseNamesVersionsThatAreThere() {
        Version first = Samples.deploy(store);
        Version unknown = Samples.version(new VersionId(ENV, NAME, 9));

        Refused.with("VERSION_UNKNOWN", () -> registry().release(ENV, NAME, Release.full(unknown)));
        Refused.with("SERVICE_UNKNOWN", () -> registry().release(ENV, "none", Release.full(first)));
        assertThat(release()).isEqualTo(Release.full(first));
    }

    @Test
    void aVersionWithoutTrafficIsRemovedWithItsPast() {
        Version first = Samples.deploy(store);
        Version second = Samples.deploy(store);
        registry().release(ENV, NAME, new Release(List.of(new Share(second, 100), new Share(first, 0))));

        registry().removeVersion(first.id());

        assertThat(release()).isEqualTo(Release.full(second));
        Release seen = release();
        reopen();
        assertThat(release()).isEqualTo(seen);
        assertThat(registry().versions(ENV, NAME)).containsExactly(second);
        assertThat(registry().fullReleases(ENV, NAME)).containsExactly(second.id());
        Refused.with("VERSION_UNKNOWN", () -> registry().removeVersion(first.id()));
    }

    @Test
    void aVersionWithTrafficStays() {
        Version first = Samples.deploy(store);
        Version second = added();
        registry().release(ENV, NAME, new Release(List.of(new Share(first, 99), new Share(second, 1))));

        assertThat(Refused.with("VERSION_IN_USE", () -> registry().removeVersion(second.id()))
                        .hint())
                .contains("berth release demo");
        assertThat(registry().versions(ENV, NAME)).containsExactly(second, first);
    }

    @Test
    @Tag("HO-3")
    void theNumberOfARemovedVersionIsNotReused() {
        Samples.deploy(store);
        Version second = added();
        registry().removeVersion(second.id());

        assertThat(added().id().number()).isEqualTo(3);
    }

    private Version added() {
        Version version = Samples.version(registry().reserveVersion(ENV, NAME));
        registry().add(version);
        return version;
    }

    private Registry registry() {
        return store.registry();
    }

    private Release release() {
        return store.directory()
                .current()
                .environment(ENV)
                .orElseThrow()
                .service(NAME)
                .orElseThrow()
                .release();
    }

    private void reopen() {
        store.close();
        store = Samples.open(folder);
    }
}
