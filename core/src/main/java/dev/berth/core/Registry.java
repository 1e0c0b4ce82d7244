package dev.berth.core;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Port: durable changes to apps, environments, grants, services and versions. Every method blocks until the change would
 * survive {@code kill -9}, and the {@link DirectorySource} shows it when the method returns.
 *
 * @see DirectorySource
 */
public interface Registry {
    /** Adds the app or replaces its kind and secret. */
    void putApp(App app, String secret);

    /** @throws BerthException {@code APP_UNKNOWN}, or {@code ENV_TAKEN} if another app owns it */
    void putEnvironment(Environment environment);

    /** Shares an environment with another app; a grant that exists already stays. */
    void grant(String environmentId, String appId);

    void withdraw(String environmentId, String appId);

    /**
     * Changes what the services of an environment may ask of WeChat, in one step: no other change comes between.
     *
     * @param change given the present settings, on the store's thread; must be quick
     * @return the settings that hold from now on
     * @throws BerthException {@code ENV_UNKNOWN}, or what {@code change} throws; nothing is changed then
     */
    CloudCall changeCloudCall(String environmentId, UnaryOperator<CloudCall> change);

    /** Adds the service or replaces its access. */
    void putService(Service service);

    /** @throws BerthException {@code SERVICE_UNKNOWN} */
    void removeService(String environmentId, String service);

    /** Reserves the next number of the service; a number once handed out is never handed out again (HO-3). */
    VersionId reserveVersion(String environmentId, String service);

    /** Adds a complete version and gives it all traffic, in one step. */
    void addAndRelease(Version version);

    /** Adds a complete version that gets no traffic yet. */
    void add(Version version);

    /**
     * Moves the traffic of a service, in one step. That a version gets all of it is remembered, see {@link #fullReleases}.
     *
     * @throws BerthException {@code SERVICE_UNKNOWN}; {@code VERSION_UNKNOWN} if one of the versions is not there
     */
    void release(String environmentId, String service, Release release);

    /** The versions that had all the traffic and are still there, the latest first: the way back (HO-10). Bounded. */
    List<VersionId> fullReleases(String environmentId, String service);

    /** @throws BerthException {@code VERSION_UNKNOWN}, or {@code VERSION_IN_USE} while it has traffic */
    void removeVersion(VersionId version);

    /** Newest first. */
    List<Version> versions(String environmentId, String service);
}
