package dev.berth.store;

import static dev.berth.store.Samples.ENVIRONMENT;
import static dev.berth.store.Samples.GUEST;
import static dev.berth.store.Samples.OWNER;
import static dev.berth.store.Samples.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.AccessKind;
import dev.berth.core.App;
import dev.berth.core.AppKind;
import dev.berth.core.Directory;
import dev.berth.core.Directory.ServiceEntry;
import dev.berth.core.Environment;
import dev.berth.core.Launch;
import dev.berth.core.Registry;
import dev.berth.core.Release;
import dev.berth.core.Service;
import dev.berth.core.Settings;
import dev.berth.core.Version;
import dev.berth.core.VersionId;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryTest {
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
    void everythingIsThereAfterReopening() {
        registry().grant(ENV, GUEST.id());
        registry().putService(new Service(ENV, "open", Set.of(AccessKind.PUBLIC, AccessKind.MINIAPP)));
        registry().putService(new Service(ENV, "closed", Set.of()));
        Samples.deploy(store);
        Version second = Samples.deploy(store);
        Directory before = directory();
        List<Version> versions = registry().versions(ENV, NAME);

        reopen();

        assertThat(directory()).isEqualTo(before);
        assertThat(service(NAME).release()).isEqualTo(Release.full(second));
        assertThat(registry().versions(ENV, NAME)).isEqualTo(versions);
        assertThat(store.appSecrets().secretOf(OWNER.id())).contains(Samples.OWNER_SECRET);
        assertThat(store.appSecrets().secretOf(GUEST.id())).contains(Samples.GUEST_SECRET);
    }

    @Test
    void appIsReplacedWithItsSecret() {
        registry().putApp(new App(OWNER.id(), AppKind.OFFICIAL_ACCOUNT), "another");

        assertThat(directory().app(OWNER.id()).orElseThrow().kind()).isEqualTo(AppKind.OFFICIAL_ACCOUNT);
        assertThat(store.appSecrets().secretOf(OWNER.id())).contains("another");
        assertThat(store.appSecrets().secretOf("wx9999")).isEmpty();
    }

    @Test
    void environmentBelongsToOneKnownApp() {
        registry().putEnvironment(ENVIRONMENT);

        assertThat(Refused.with("ENV_TAKEN", () -> registry().putEnvironment(new Environment(ENV, GUEST.id())))
                        .message())
                .contains(OWNER.id());
        Refused.with("APP_UNKNOWN", () -> registry().putEnvironment(new Environment("other", "wx9999")));
        assertThat(directory().environments()).containsOnlyKeys(ENV);
        assertThat(service(NAME).service()).isEqualTo(SERVICE);
    }

    @Test
    void grantStaysUntilItIsWithdrawn() {
        registry().grant(ENV, GUEST.id());
        registry().grant(ENV, GUEST.id());
        assertThat(grants()).containsExactly(GUEST.id());
        reopen();
        assertThat(grants()).containsExactly(GUEST.id());

        registry().withdraw(ENV, GUEST.id());
        registry().withdraw(ENV, GUEST.id());
        assertThat(grants()).isEmpty();
        reopen();
        assertThat(grants()).isEmpty();

        Refused.with("ENV_UNKNOWN", () -> registry().grant("nowhere", GUEST.id()));
        Refused.with("ENV_UNKNOWN", () -> registry().withdraw("nowhere", GUEST.id()));
        Refused.with("APP_UNKNOWN", () -> registry().grant(ENV, "wx9999"));
    }

    @Test
    void newAccessKeepsTheRelease() {
        Version version = Samples.deploy(store);

        registry().putService(new Service(ENV, NAME, Set.of(AccessKind.PUBLIC)));

        assertThat(service(NAME).service().access()).containsExactly(AccessKind.PUBLIC);
        assertThat(service(NAME).release()).isEqualTo(Release.full(version));
        assertThat(registry().versions(ENV, NAME)).containsExactly(version);
    }

    @Test
    @Tag("HO-3")
    void numbersGoOnAfterRemovalAndRestart() {
        assertThat(reserve().name()).isEqualTo("demo-001");
        assertThat(Samples.deploy(store).id().number()).isEqualTo(2);

        registry().removeService(ENV, NAME);
        assertThat(registry().versions(ENV, NAME)).isEmpty();
        registry().putService(SERVICE);
        assertThat(service(NAME).release()).isEqualTo(Release.NONE);
        assertThat(reserve().number()).isEqualTo(3);

        reopen();
        assertThat(reserve().number()).isEqualTo(4);
    }

    @Test
    @Tag("HO-12")
    void settingsStayWithTheVersionTheyWereDeployedWith() {
        Version first = Samples.deploy(store);
        VersionId id = reserve();
        Launch launch = new Launch(List.of("./run"), Map.of(), OptionalInt.empty(), "Procfile");
        Version second = new Version(id, "d", launch, Settings.DEFAULTS, Samples.NOW);
        registry().addAndRelease(second);

        reopen();

        assertThat(registry().versions(ENV, NAME)).containsExactly(second, first);
        assertThat(service(NAME).release()).isEqualTo(Release.full(second));
    }

    @Test
    void versionNeedsItsOwnReservedNumberAndItsService() {
        Version version = Samples.deploy(store);

        Refused.with("VERSION_EXISTS", () -> registry().addAndRelease(version));
        Refused.with(
                "VERSION_NOT_RESERVED", () -> registry().addAndRelease(Samples.version(new VersionId(ENV, NAME, 2))));
        Refused.with("SERVICE_UNKNOWN", () -> registry().addAndRelease(Samples.version(new VersionId(ENV, "none", 1))));
        Refused.with("SERVICE_UNKNOWN", () -> registry().reserveVersion(ENV, "none"));
        Refused.with("SERVICE_UNKNOWN", () -> registry().removeService(ENV, "none"));
        Refused.with("ENV_UNKNOWN", () -> registry().putService(new Service("nowhere", NAME, Set.of())));
        assertThat(registry().versions(ENV, NAME)).containsExactly(version);
    }

    private Registry registry() {
        return store.registry();
    }

    private Directory directory() {
        return store.directory().current();
    }

    private Set<String> grants() {
        return directory().environment(ENV).orElseThrow().grants();
    }

    private ServiceEntry service(String name) {
        return directory().environment(ENV).orElseThrow().service(name).orElseThrow();
    }

    private VersionId reserve() {
        return registry().reserveVersion(ENV, NAME);
    }

    private void reopen() {
        store.close();
        store = Samples.open(folder);
    }
}
