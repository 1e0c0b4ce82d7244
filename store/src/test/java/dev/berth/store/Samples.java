package dev.berth.store;

import dev.berth.core.AccessKind;
import dev.berth.core.App;
import dev.berth.core.AppKind;
import dev.berth.core.Caller;
import dev.berth.core.Environment;
import dev.berth.core.Launch;
import dev.berth.core.Scale;
import dev.berth.core.Service;
import dev.berth.core.Session;
import dev.berth.core.Settings;
import dev.berth.core.Version;
import dev.berth.core.VersionId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Things to store. */
final class Samples {
    static final Instant NOW = Instant.parse("2026-11-20T08:00:00.123456789Z");
    static final InstantSource CLOCK = InstantSource.fixed(NOW);
    static final App OWNER = new App("wx1111111111111111", AppKind.MINI_PROGRAM);
    static final App GUEST = new App("wx2222222222222222", AppKind.OFFICIAL_ACCOUNT);
    static final String OWNER_SECRET = "owner-secret-0123456789abcdef";
    static final String GUEST_SECRET = "guest-secret-fedcba9876543210";
    static final String PASSWORD = "password-of-a-database";
    static final Environment ENVIRONMENT = new Environment("prod-01", OWNER.id());
    static final Service SERVICE = new Service(ENVIRONMENT.id(), "demo", Set.of(AccessKind.MINIAPP));

    private Samples() {}

    static Store open(Path folder) {
        return Store.open(folder.resolve("berth.db"), MasterKey.loadOrCreate(folder.resolve("master.key")), CLOCK);
    }

    static void fill(Store store) {
        store.registry().putApp(OWNER, OWNER_SECRET);
        store.registry().putApp(GUEST, GUEST_SECRET);
        store.registry().putEnvironment(ENVIRONMENT);
        store.registry().putService(SERVICE);
    }

    static Version version(VersionId id) {
        return new Version(
                id,
                "digest-" + id.number(),
                new Launch(
                        List.of("node", "a \"quoted\".js", "数据"),
                        Map.of("FROM_IMAGE", "1"),
                        OptionalInt.of(8080),
                        "Dockerfile CMD"),
                new Settings(
                        Map.of("GREETING", "你好 " + id.number(), "PASSWORD", PASSWORD),
                        Duration.ofSeconds(90),
                        new Scale(1, 3)),
                NOW);
    }

    static Version deploy(Store store) {
        Version version = version(store.registry().reserveVersion(ENVIRONMENT.id(), SERVICE.name()));
        store.registry().addAndRelease(version);
        return version;
    }

    static Session session(String id) {
        return session(id, NOW, NOW);
    }

    static Session session(String id, Instant createdAt, Instant lastUsedAt) {
        return new Session(id, new Caller(OWNER.id(), "openid-" + id, Optional.of("union")), createdAt, lastUsedAt);
    }
}
