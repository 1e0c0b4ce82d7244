package dev.berth.hosting;

import dev.berth.core.BerthException;
import dev.berth.core.Directory.ServiceEntry;
import dev.berth.core.DirectorySource;
import dev.berth.core.Release;
import dev.berth.core.VersionId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** A deployment from the upload to its traffic, and the end of what it makes old (HO-8). */
final class Rollout {
    private static final Logger LOG = System.getLogger(Rollout.class.getName());

    private final Deployer deployer;
    private final Releases releases;
    private final OldVersions oldVersions;
    private final InstanceStarter starter;
    private final DirectorySource directory;
    private final ServiceLocks locks;

    Rollout(
            Deployer deployer,
            Releases releases,
            OldVersions oldVersions,
            InstanceStarter starter,
            DirectorySource directory,
            ServiceLocks locks) {
        this.deployer = deployer;
        this.releases = releases;
        this.oldVersions = oldVersions;
        this.starter = starter;
        this.directory = directory;
        this.locks = locks;
    }

    /** All traffic at once, whether the version starts or not. */
    Deployed full(DeployRequest request, Consumer<String> progress) {
        Deployed deployed = deployer.deploy(request, progress);
        if (deployed.changed()) {
            releases.moved(request.environmentId(), request.service());
            settle(deployed);
        } else if (release(request).weightOf(deployed.version().id()) < 100) {
            releases.release(
                    request.environmentId(),
                    request.service(),
                    deployed.version().id().name(),
                    100);
        } else {
            releases.moved(request.environmentId(), request.service()); // whoever deploys it again wants a new try
        }
        return deployed;
    }

    /** A part of the traffic, once the version is ready (HO-14); all of it for the first version. */
    Deployed gray(DeployRequest request, int weight, Consumer<String> progress) {
        Weights.requirePerCent("the new version", weight);
        if (release(request).live().isEmpty()) {
            return full(request, progress);
        }
        Deployed deployed = deployer.deployAside(request, progress);
        VersionId id = deployed.version().id();
        if (release(request).weightOf(id) == 100) {
            return deployed;
        }
        progress.accept("%s gets %d %% of the traffic as soon as it is ready".formatted(id.name(), weight));
        boolean done = false;
        try {
            releases.release(id.environmentId(), id.service(), id.name(), weight);
            done = true;
        } finally {
            if (!done && deployed.changed()) {
                takeBack(id);
            }
        }
        settle(deployed);
        return deployed;
    }

    private void takeBack(VersionId id) {
        try {
            locks.holding(id.environmentId(), id.service(), () -> {
                oldVersions.remove(id, Duration.ZERO);
                return id;
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (BerthException e) {
            LOG.log(Level.WARNING, "%s did not get its traffic, and stays".formatted(id), e);
        }
    }

    private void settle(Deployed deployed) {
        VersionId id = deployed.version().id();
        starter.prepare(deployed.version());
        try {
            locks.holding(id.environmentId(), id.service(), () -> {
                Optional<ServiceEntry> entry = entry(id.environmentId(), id.service());
                if (entry.isPresent()) {
                    oldVersions.prune(
                            id.environmentId(), id.service(), entry.get().release());
                }
                return entry;
            });
        } catch (IOException | RuntimeException e) { // the deployment is done all the same
            LOG.log(Level.WARNING, "Old versions of %s stay until the next deployment".formatted(id.service()), e);
        }
    }

    private Release release(DeployRequest request) {
        return entry(request.environmentId(), request.service())
                .map(ServiceEntry::release)
                .orElse(Release.NONE);
    }

    private Optional<ServiceEntry> entry(String environmentId, String service) {
        return directory.current().environment(environmentId).flatMap(env -> env.service(service));
    }
}
