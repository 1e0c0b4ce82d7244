package dev.berth.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.core.Activator;
import dev.berth.core.Endpoint;
import dev.berth.core.Problem;
import dev.berth.core.StartFailure;
import dev.berth.core.Version;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Leases one endpoint: at once, or when the test says so. Knows how often each lease was ended. */
final class TestActivator implements Activator {
    private final List<TestLease> leases = new CopyOnWriteArrayList<>();
    private final LinkedBlockingQueue<LeaseReceiver> waiting = new LinkedBlockingQueue<>();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile @Nullable Endpoint endpoint;
    private volatile boolean cold;
    private volatile int firstPort;
    private volatile boolean sleepAfterFirst;

    void serve(int port) {
        endpoint = new Endpoint("127.0.0.1", port);
        cold = false;
    }

    /** The first lease is of an instance at this port, all others of one at the other. */
    void serveOnce(int first, int then) {
        serve(then);
        firstPort = first;
    }

    /** From the second lease on, calls wait. */
    void sleepAfterFirst() {
        sleepAfterFirst = true;
    }

    /** From now on, calls wait for {@link #started} or {@link #failed}. */
    void sleep() {
        cold = true;
    }

    @Override
    public void lease(Version version, LeaseReceiver receiver) {
        asked.incrementAndGet();
        if (cold) {
            waiting.add(receiver);
        } else {
            TestLease lease = newLease();
            cold |= sleepAfterFirst;
            receiver.granted(lease);
        }
    }

    LeaseReceiver nextWaiting() throws InterruptedException {
        LeaseReceiver receiver = waiting.poll(10, TimeUnit.SECONDS);
        assertThat(receiver).as("a call that waits for the instance").isNotNull();
        return receiver;
    }

    /** The instance that one call waits for is ready. */
    void started(LeaseReceiver receiver) {
        receiver.granted(newLease());
    }

    void failed(LeaseReceiver receiver) {
        receiver.refused(new StartFailure(
                new Problem("EXITED_BEFORE_READY", "runtime", "secret words of the service", "See the log.")));
    }

    private TestLease newLease() {
        TestLease lease = new TestLease();
        leases.add(lease);
        return lease;
    }

    /** How often an instance was asked for. */
    int asked() {
        return asked.get();
    }

    int broken() {
        return leases.stream().mapToInt(lease -> lease.endedBroken.get()).sum();
    }

    void awaitAllEndedOnce() {
        await("every lease is ended")
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .untilAsserted(() ->
                        assertThat(leases).allSatisfy(l -> assertThat(l.ends()).isEqualTo(1)));
    }

    void forget() {
        leases.clear();
        waiting.clear();
        asked.set(0);
        firstPort = 0;
        sleepAfterFirst = false;
    }

    private final class TestLease implements Lease {
        private final AtomicInteger ended = new AtomicInteger();
        private final AtomicInteger endedBroken = new AtomicInteger();
        private final boolean wasCold = cold;
        private final Optional<Endpoint> special = first();

        private Optional<Endpoint> first() {
            int port = firstPort;
            firstPort = 0;
            return port == 0 ? Optional.empty() : Optional.of(new Endpoint("127.0.0.1", port));
        }

        int ends() {
            return ended.get() + endedBroken.get();
        }

        @Override
        public Endpoint endpoint() {
            Endpoint known = special.orElse(endpoint);
            return known == null ? new Endpoint("127.0.0.1", 1) : known;
        }

        @Override
        public String instanceId() {
            return "demo-001-1";
        }

        @Override
        public boolean cold() {
            return wasCold;
        }

        @Override
        public void end() {
            ended.incrementAndGet();
        }

        @Override
        public void endBroken() {
            endedBroken.incrementAndGet();
        }
    }
}
