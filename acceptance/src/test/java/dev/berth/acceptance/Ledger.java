package dev.berth.acceptance;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

/** What a server has acknowledged, and what it was asked for without an answer. Each entry has one writer at a time. */
final class Ledger {
    static final String APP = "wx1111111111111111";

    final List<Deploying> deploying =
            IntStream.range(0, 3).mapToObj(i -> new Deploying("d" + i)).toList();
    final List<Granting> granting = IntStream.range(0, 2)
            .mapToObj(i -> new Granting("wx222222222222222" + i))
            .toList();
    final Removing removing = new Removing();
    final Map<String, String> openidsByUser = new ConcurrentHashMap<>();
    final List<SignedIn> sessions = new CopyOnWriteArrayList<>();

    record SignedIn(String session, String app, String user) {}

    /** A service that gets one version after the other; the content of each is the number of the attempt. */
    static final class Deploying {
        final String service;
        final Map<String, Integer> attempts = new TreeMap<>();
        volatile int acknowledged;
        volatile int attempted;

        Deploying(String service) {
            this.service = service;
        }

        synchronized int attempt() {
            return ++attempted;
        }

        synchronized void acknowledge(String version, int attempt) {
            attempts.put(version, attempt);
            acknowledged = attempt;
        }

        boolean isOpen() {
            return attempted > acknowledged;
        }

        Set<String> versions() {
            return attempts.keySet();
        }
    }

    /** An app whose secret changes, and which may and may not call. */
    static final class Granting {
        final String app;
        volatile boolean granted;
        volatile boolean open;
        volatile boolean known;

        Granting(String app) {
            this.app = app;
        }
    }

    /** Services that are deployed and removed, one after the other. */
    static final class Removing {
        enum State {
            DEPLOYING,
            THERE,
            REMOVING,
            GONE
        }

        volatile State state = State.GONE;
        private volatile int number;

        synchronized void next() {
            number++;
            state = State.DEPLOYING;
        }

        String service() {
            return "r" + number;
        }
    }
}
