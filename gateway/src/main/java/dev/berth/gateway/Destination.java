package dev.berth.gateway;

import dev.berth.core.AccessKind;
import dev.berth.core.Caller;
import dev.berth.core.CloudbaseTokens;
import dev.berth.core.Directory;
import dev.berth.core.Directory.EnvironmentEntry;
import dev.berth.core.Directory.ServiceEntry;
import dev.berth.core.GatewayError;
import dev.berth.core.Refusal;
import dev.berth.core.Release;
import dev.berth.core.SystemError;
import dev.berth.core.Version;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Where one call goes: may its caller enter the environment → which service → which version → may it be so large. The
 * order is CH-138's. Everything is read from one snapshot of the directory, so no change can come between two steps.
 */
final class Destination {
    private final Directory directory;
    private final InboundHead head;
    private final CloudbaseTokens tokens;
    private @Nullable Identity identity;
    private @Nullable Version version;

    Destination(Directory directory, InboundHead head, CloudbaseTokens tokens) {
        this.directory = directory;
        this.head = head;
        this.tokens = tokens;
    }

    /** To be called once; without a refusal, there are an identity and a version afterwards. */
    Optional<Refusal> choose(Caller caller) {
        Optional<EnvironmentEntry> environment = directory.environment(head.environment());
        if (environment.isEmpty()) {
            return refusal( // CH-75
                    SystemError.ENVIRONMENT_UNKNOWN, "X-WX-ENV: " + head.environment() + " is not known here");
        }
        return enter(caller, environment.get());
    }

    private Optional<Refusal> enter(Caller caller, EnvironmentEntry entry) {
        String owner = entry.environment().appId();
        String claimed = head.resourceApp().isEmpty() ? caller.appId() : head.resourceApp();
        Identity wanted = new Identity(caller, owner, directory.app(caller.appId()), tokensOf(entry));
        if (!claimed.equals(owner) || (wanted.shared() && !entry.grants().contains(caller.appId()))) {
            return refusal( // CH-74, CH-115
                    SystemError.ENVIRONMENT_NOT_AUTHORISED,
                    "environment " + head.environment() + " is neither owned by app " + caller.appId()
                            + " nor granted to it under X-WX-RESOURCE-APPID: " + head.resourceApp());
        }
        identity = wanted;
        return findService(entry);
    }

    /** CH-49: only where the environment's services are given them. */
    private Optional<CloudbaseTokens> tokensOf(EnvironmentEntry entry) {
        return entry.cloudCall().tokens() ? Optional.of(tokens) : Optional.empty();
    }

    private Optional<Refusal> findService(EnvironmentEntry environment) {
        if (head.service().isEmpty()) {
            return refusal(SystemError.SERVICE_MISSING, "no X-WX-SERVICE"); // CH-77
        }
        Optional<ServiceEntry> service = environment.service(head.service());
        if (service.isEmpty()) {
            return refusal( // CH-76
                    SystemError.SERVICE_UNKNOWN,
                    "X-WX-SERVICE: " + head.service() + " is not deployed in " + head.environment());
        }
        if (!service.get().service().isOpenTo(AccessKind.MINIAPP)) {
            return refusal(SystemError.ACCESS_CLOSED, "the service is closed to mini programs"); // CH-78
        }
        return findVersion(service.get().release());
    }

    private Optional<Refusal> findVersion(Release release) {
        if (release.isEmpty()) {
            return Optional.of(
                    Refusal.gateway(GatewayError.SERVICE_FORBIDDEN, "hosting", "no version is deployed")); // CH-106
        }
        Optional<Version> chosen = release.choose(ThreadLocalRandom.current().nextInt(100));
        if (chosen.isEmpty()) {
            return Optional.of(Refusal.gateway( // CH-107
                    GatewayError.SERVICE_ENDPOINT_NOT_FOUND, "hosting", "every version has 0 % of the traffic"));
        }
        return checkSize(chosen.get());
    }

    private Optional<Refusal> checkSize(Version chosen) {
        long length = head.framing().contentLength();
        if (length > head.bodyLimit()) {
            return refusal( // CH-80
                    SystemError.REQUEST_TOO_LARGE,
                    "Content-Length: " + length + " (expected: <= " + head.bodyLimit() + ")");
        }
        version = chosen;
        return Optional.empty();
    }

    private static Optional<Refusal> refusal(SystemError error, String reason) {
        return Optional.of(Refusal.system(error, "gateway", reason));
    }

    /** Of the caller; null until the environment is known to let him in. */
    @Nullable
    Identity identity() {
        return identity;
    }

    /** Null until every check has been passed. */
    @Nullable
    Version version() {
        return version;
    }
}
