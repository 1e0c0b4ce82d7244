package dev.berth.gateway;

import dev.berth.core.AccessKind;
import dev.berth.core.App;
import dev.berth.core.AppKind;
import dev.berth.core.CloudCall;
import dev.berth.core.Directory;
import dev.berth.core.Directory.EnvironmentEntry;
import dev.berth.core.Directory.FunctionEntry;
import dev.berth.core.Directory.ServiceEntry;
import dev.berth.core.Environment;
import dev.berth.core.FunctionId;
import dev.berth.core.FunctionSettings;
import dev.berth.core.FunctionVersion;
import dev.berth.core.FunctionVersionId;
import dev.berth.core.Launch;
import dev.berth.core.Release;
import dev.berth.core.Service;
import dev.berth.core.Settings;
import dev.berth.core.Version;
import dev.berth.core.VersionId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** The world of the tests: one app shares some of its environments with another app. */
final class TestDirectory {
    /** A mini program that owns {@link #ENV} and {@link #PRIVATE_ENV}. */
    static final String OWNER = "wx1111111111111111";

    /** A mini program that may use {@link #ENV}. */
    static final String GUEST = "wx2222222222222222";

    /** An official account, with an environment of its own. */
    static final String ACCOUNT = "wx3333333333333333";

    static final String ENV = "prod-01";
    static final String PRIVATE_ENV = "private-01";

    /** {@link #GUEST} may use it too, and its services are given cloudbase access tokens. */
    static final String TOKEN_ENV = "token-01";

    static final String ACCOUNT_ENV = "account-01";

    /** {@link #GUEST} may use it if its {@code cloudbase_auth} says so. */
    static final String GUARDED_ENV = "guarded-01";

    private static final Directory DIRECTORY = new Directory(
            Map.of(
                    OWNER, new App(OWNER, AppKind.MINI_PROGRAM),
                    GUEST, new App(GUEST, AppKind.MINI_PROGRAM),
                    ACCOUNT, new App(ACCOUNT, AppKind.OFFICIAL_ACCOUNT)),
            Map.of(
                    ENV, environment(ENV, OWNER, Set.of(GUEST), CloudCall.DEFAULT),
                    PRIVATE_ENV, environment(PRIVATE_ENV, OWNER, Set.of(), CloudCall.DEFAULT),
                    TOKEN_ENV, environment(TOKEN_ENV, OWNER, Set.of(GUEST), CloudCall.DEFAULT.withTokens(true)),
                    ACCOUNT_ENV, environment(ACCOUNT_ENV, ACCOUNT, Set.of(), CloudCall.DEFAULT),
                    GUARDED_ENV, environment(GUARDED_ENV, OWNER, Set.of(GUEST), CloudCall.DEFAULT)));

    private TestDirectory() {}

    static Directory current() {
        return DIRECTORY;
    }

    /** {@code demo} runs; {@code closed} is not for mini programs; {@code empty} has no version, {@code idle} no traffic. */
    private static EnvironmentEntry environment(String id, String owner, Set<String> grants, CloudCall cloudCall) {
        Release idle = new Release(List.of(new Release.Share(version(id, "idle"), 0)));
        return new EnvironmentEntry(
                new Environment(id, owner),
                grants,
                cloudCall,
                Map.of(
                        "demo", entry(id, "demo", AccessKind.MINIAPP, Release.full(version(id, "demo"))),
                        "closed", entry(id, "closed", AccessKind.VPC, Release.full(version(id, "closed"))),
                        "empty", entry(id, "empty", AccessKind.MINIAPP, Release.NONE),
                        "idle", entry(id, "idle", AccessKind.MINIAPP, idle)),
                functions(id));
    }

    /** {@code hello} everywhere, which may run for a second. */
    private static Map<String, FunctionEntry> functions(String environment) {
        FunctionEntry hello = function(environment, "hello");
        return environment.equals(GUARDED_ENV)
                ? Map.of("hello", hello, "cloudbase_auth", function(environment, "cloudbase_auth"))
                : Map.of("hello", hello);
    }

    private static FunctionEntry function(String environment, String name) {
        FunctionId id = new FunctionId(environment, name);
        return new FunctionEntry(
                id,
                new FunctionVersion(
                        new FunctionVersionId(id, 3),
                        "00",
                        new FunctionSettings(
                                FunctionSettings.DEFAULT_HANDLER,
                                Duration.ofSeconds(1),
                                FunctionSettings.DEFAULT_MEMORY,
                                1,
                                Map.of(),
                                Collections.emptySortedSet(),
                                List.of()),
                        Instant.EPOCH));
    }

    private static ServiceEntry entry(String environment, String name, AccessKind access, Release release) {
        return new ServiceEntry(new Service(environment, name, Set.of(access)), release);
    }

    private static Version version(String environment, String service) {
        return new Version(
                new VersionId(environment, service, 1),
                "00",
                new Launch(List.of("serve"), Map.of(), OptionalInt.empty(), "test"),
                Settings.DEFAULTS,
                Instant.EPOCH);
    }
}
