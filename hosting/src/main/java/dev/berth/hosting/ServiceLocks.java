package dev.berth.hosting;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** One at a time for each service: deployments and removals (HO-11), or what follows a release. */
final class ServiceLocks {
    interface Work<T, E extends Exception> {
        T run() throws E;
    }

    private final ConcurrentMap<String, Lock> locks = new ConcurrentHashMap<>();

    <T, E extends Exception> T holding(String environmentId, String service, Work<T, E> work) throws E {
        Lock lock = locks.computeIfAbsent(environmentId + "/" + service, _ -> new ReentrantLock(true));
        lock.lock();
        try {
            return work.run();
        } finally {
            lock.unlock();
        }
    }
}
