package dev.berth.hosting;

import java.io.IOException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Only one deployment or removal of a service at a time (HO-11). */
final class ServiceLocks {
    interface Work<T> {
        T run() throws IOException;
    }

    private final ConcurrentMap<String, Lock> locks = new ConcurrentHashMap<>();

    <T> T holding(String environmentId, String service, Work<T> work) throws IOException {
        Lock lock = locks.computeIfAbsent(environmentId + "/" + service, _ -> new ReentrantLock(true));
        lock.lock();
        try {
            return work.run();
        } finally {
            lock.unlock();
        }
    }
}
