package dev.berth.gateway;

import static java.util.Objects.requireNonNull;

import dev.berth.core.AccessKind;
import dev.berth.core.Caller;
import dev.berth.core.CloudbaseTokens;
import dev.berth.core.Directory;
import dev.berth.core.Directory.EnvironmentEntry;
import dev.berth.core.Directory.FunctionEntry;
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
    private @Nullable EnvironmentEntry entered;
    private @Nullable Identity identity;
    private @Nullable Version version;

    Destination(Directory directory, InboundHead head, CloudbaseTokens tokens) {
        this.directory = directory;
        this.head = head;
        this.tokens = tokens;
    }

    /** To be called once; without a refusal, there is an identity afterwards. */
    Optional<Refusal> enter(Caller caller) {
        EnvironmentEntry entry = Entrance.environment(directory, head);
        if (entry == null) {
            return Optional.of(Entrance.unknown(head));
        }
        if (!Entrance.isOpen(entry, head, caller)) {
            return Optional.of(Entrance.closed(head, caller));
        }
        entered = entry;
        identity = new Identity(caller, entry.environment().appId(), directory.app(caller.appId()), tokensOf(entry));
        return Optional.empty();
    }

    /** After {@link #enter}: the function by which the owner of a shared environment decides; null if there is none. */
    @Nullable
    FunctionEntry guard() {
        return entered == null || identity == null || !identity.shared() ? null : Sharing.guardOf(entered);
    }

    /** To be called once, after {@link #enter}; without a refusal, there is a version afterwards. */
    Optional<Refusal> choose() {
        return findService(requireNonNull(entered, "not entered"));
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
