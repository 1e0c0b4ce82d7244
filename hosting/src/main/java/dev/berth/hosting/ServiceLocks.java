package dev.berth.hosting;

import dev.berth.artifacts.KeyedLocks;

/** One at a time for each service: deployments and removals (HO-11), or what follows a release. */
final class ServiceLocks {
    private final KeyedLocks<String> locks = new KeyedLocks<>();

    <T, E extends Exception> T holding(String environmentId, String service, KeyedLocks.Work<T, E> work) throws E {
        return locks.holding(environmentId + "/" + service, work);
    }
}
