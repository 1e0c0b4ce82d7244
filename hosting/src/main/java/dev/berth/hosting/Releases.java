package dev.berth.hosting;

import dev.berth.core.Directory.ServiceEntry;
import dev.berth.core.DirectorySource;
import dev.berth.core.Registry;
import dev.berth.core.Release;
import dev.berth.core.Release.Share;
import dev.berth.core.Version;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Moves the traffic of services between their versions: one move of a service at a time (HO-11), never to a version that
 * does not become ready, and without cutting a call (HO-14). Blocks; to be called on virtual threads.
 */
final class Releases {
    private final Registry registry;
    private final DirectorySource directory;
    private final ServiceLocks locks;
    private final ServiceActivator activator;

    Releases(Registry registry, DirectorySource directory, ServiceLocks locks, ServiceActivator activator) {
        this.registry = registry;
        this.directory = directory;
        this.locks = locks;
        this.activator = activator;
    }

    /** @param weights by the name of the version, in per cent; 100 together, or all 0 (HO-9) */
    Release release(String environmentId, String service, Map<String, Integer> weights) {
        return locks.holding(environmentId, service, () -> {
            List<Share> shares = new ArrayList<>();
            Weights.requireComplete(weights);
            weights.forEach((name, weight) -> shares.add(new Share(version(environmentId, service, name), weight)));
            return move(environmentId, service, new Release(shares));
        });
    }

    /** Gives so much to one version, and the rest to the other one that has most now. */
    Release release(String environmentId, String service, String name, int weight) {
        return locks.holding(environmentId, service, () -> {
            Weights.requirePerCent(name, weight);
            Version version = version(environmentId, service, name);
            if (weight == 100) {
                return move(environmentId, service, Release.full(version));
            }
            Version other = entry(environmentId, service).release().live().stream()
                    .filter(share -> !share.version().id().equals(version.id()))
                    .max(Comparator.comparingInt(Share::weight))
                    .map(Share::version)
                    .orElseThrow(
                            () -> Refused.because(
                                    "INVALID_WEIGHT",
                                    "weight of %s: %d (expected: 100, for no other version has traffic)"
                                            .formatted(name, weight),
                                    "Say which version gets the rest: give both their weight, or release the other one first."));
            return move(
                    environmentId,
                    service,
                    new Release(List.of(new Share(other, 100 - weight), new Share(version, weight))));
        });
    }

    /**
     * HO-10: gives all traffic back.
     *
     * @param name an older version; if empty, the one that had all traffic before
     */
    Release rollback(String environmentId, String service, Optional<String> name) {
        return locks.holding(environmentId, service, () -> {
            Release present = entry(environmentId, service).release();
            List<Version> there = registry.versions(environmentId, service);
            Version back = name.isPresent()
                    ? WayBack.named(present, version(environmentId, service, name.get()))
                    : WayBack.find(present, registry.fullReleases(environmentId, service), there);
            return move(environmentId, service, Release.full(back));
        });
    }

    private Release move(String environmentId, String service, Release wanted) {
        Release present = entry(environmentId, service).release();
        requireOnePort(wanted);
        List<ReadyCheck> checks = new ArrayList<>();
        try {
            for (Share share : wanted.live()) {
                if (present.weightOf(share.version().id()) == 0 && !takesOverPort(present, share.version())) {
                    checks.add(ReadyCheck.of(activator, share.version()));
                }
            }
            checks.forEach(ReadyCheck::await);
            registry.release(environmentId, service, wanted);
        } finally {
            checks.forEach(ReadyCheck::end);
            moved(environmentId, service);
        }
        return wanted;
    }

    /**
     * To be called when a release has moved, or is to be tried anew: instances of versions without traffic finish their
     * calls and stop, the minimum of those with traffic is started, and pauses after failures are over.
     */
    void moved(String environmentId, String service) {
        activator.releaseMoved(
                environmentId,
                service,
                () -> find(environmentId, service).map(entry -> entry.release().live()).orElse(List.of()).stream()
                        .map(Share::version)
                        .toList());
    }

    /** What was to be running before the server was last stopped. */
    void startMinimum() {
        directory.current().environments().values().stream()
                .flatMap(environment -> environment.services().values().stream())
                .filter(entry -> entry.release().shares().stream()
                        .anyMatch(share -> share.weight() > 0
                                && share.version().settings().scale().min() > 0))
                .map(ServiceEntry::service)
                .forEach(service -> moved(service.environmentId(), service.name()));
    }

    /** Programs with a fixed port have it one after the other, so they cannot share the traffic. */
    private static void requireOnePort(Release wanted) {
        List<OptionalInt> fixed = wanted.live().stream()
                .map(share -> share.version().launch().port())
                .filter(OptionalInt::isPresent)
                .toList();
        if (fixed.stream().distinct().count() < fixed.size()) {
            throw Refused.because(
                    "PORT_FIXED",
                    "Versions with traffic: %d with the fixed port %d (expected: one, for they cannot run together)"
                            .formatted(fixed.size(), fixed.getFirst().orElseThrow()),
                    "Let the program listen on $PORT and deploy it without --port, or give one version all traffic.");
        }
    }

    /** It cannot start before the one that has the port has gone. */
    private static boolean takesOverPort(Release present, Version version) {
        OptionalInt port = version.launch().port();
        return port.isPresent()
                && present.live().stream()
                        .anyMatch(share -> share.version().launch().port().equals(port));
    }

    private Version version(String environmentId, String service, String name) {
        List<Version> there = registry.versions(environmentId, service);
        return there.stream()
                .filter(version -> version.id().name().equals(name))
                .findFirst()
                .orElseThrow(() -> Refused.because(
                        "VERSION_UNKNOWN",
                        "version: %s (expected: one of %s)"
                                .formatted(
                                        name,
                                        there.stream()
                                                .map(version -> version.id().name())
                                                .toList()),
                        "See what there is with: berth versions %s".formatted(service)));
    }

    private ServiceEntry entry(String environmentId, String service) {
        return find(environmentId, service)
                .orElseThrow(() -> Refused.because(
                        "SERVICE_UNKNOWN",
                        "service: %s (expected: one that is there)".formatted(service),
                        "See what there is with: berth services"));
    }

    private Optional<ServiceEntry> find(String environmentId, String service) {
        return directory.current().environment(environmentId).flatMap(env -> env.service(service));
    }
}
