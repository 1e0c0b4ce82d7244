package dev.berth.artifacts;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** One at a time for each key, in the order of asking. Thread-safe; a thread may enter again what it holds. */
public final class KeyedLocks<K> {
    @FunctionalInterface
    public interface Work<T, E extends Exception> {
        T run() throws E;
    }

    private final ConcurrentMap<K, Lock> locks = new ConcurrentHashMap<>();

    /** Waits until nobody else holds the key. */
    public <T, E extends Exception> T holding(K key, Work<T, E> work) throws E {
        Lock lock = locks.computeIfAbsent(key, _ -> new ReentrantLock(true));
        lock.lock();
        try {
            return work.run();
        } finally {
            lock.unlock();
        }
    }
}
