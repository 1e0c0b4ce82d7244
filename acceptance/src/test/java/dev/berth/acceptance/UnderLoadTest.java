package dev.berth.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Calls while instances come and go: not one fails. */
class UnderLoadTest {
    private static final int DEPLOYS = 50;
    private static final int LEAST_CALLS = 2_000;
    private static final int NAPPERS = 10;
    private static final int NAPS = 15;
    /** Calls arrive so much before or after the moment at which the service has been idle for its second. */
    private static final int AROUND_MILLIS = 60;

    private static final int APART_MILLIS = 20;

    @RegisterExtension
    static final Platform platform = new Platform("echo");

    private static Management management;
    private static Caller alice;

    @BeforeAll
    static void signIn() {
        management = Management.of(platform.folder(), platform.door("management"));
        alice = platform.as("alice");
    }

    @Test
    @Tag("HO-8")
    @Tag("HO-14")
    @Timeout(300)
    void fiftyDeploysInARowFailNoCallAndNeverAnswerWithAnOlderVersion() throws Exception {
        management.deploy("moving", TinyService.tar("0"), TinyService.COMMAND);
        AtomicInteger released = new AtomicInteger();
        try (Load load = new Load(4, () -> monotone("moving", released))) {
            for (int deploy = 1; deploy <= DEPLOYS; deploy++) {
                management.deploy("moving", TinyService.tar(String.valueOf(deploy)), TinyService.COMMAND);
                released.set(deploy);
            }
            while (load.calls() < LEAST_CALLS) {
                Thread.sleep(20);
            }
            load.requireNoneFailed();
        }
        assertThat(alice.get("moving", "/content").body()).isEqualTo(String.valueOf(DEPLOYS));
    }

    /** One client; neither older than what was released before the call, nor than the answer before. */
    private static Runnable monotone(String service, AtomicInteger released) {
        AtomicInteger seen = new AtomicInteger();
        return () -> {
            int least = Math.max(seen.get(), released.get());
            Answer answer = alice.get(service, "/content");
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            int version = Integer.parseInt(answer.body());
            assertThat(version).as("version that answers").isGreaterThanOrEqualTo(least);
            seen.set(version);
        };
    }

    /**
     * Many services that stop after a second, and clients who call each around that moment. Half of the calls take longer
     * than a stop, so that an instance which stopped in spite of a call would cut it.
     */
    @Test
    @Tag("HO-14")
    @Tag("HO-31")
    @Timeout(300)
    void callsThatArriveAsAnInstanceStopsAreAnswered() throws Exception {
        Queue<String> failures = new ConcurrentLinkedQueue<>();
        AtomicInteger calls = new AtomicInteger();
        Set<String> boots = ConcurrentHashMap.newKeySet();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < NAPPERS; i++) {
                String name = "nap-" + i;
                management.deploy(name, TinyService.tar(name), TinyService.COMMAND, "idle=1s");
                clients.execute(() -> {
                    for (int nap = 0; nap < NAPS; nap++) {
                        int moment = 1_000 + ThreadLocalRandom.current().nextInt(-AROUND_MILLIS, AROUND_MILLIS);
                        List<Thread> arriving = new ArrayList<>();
                        for (int client = 0; client < 4; client++) {
                            String path = client % 2 == 0 ? "/cgi-bin/slow" : "/content";
                            arriving.add(Thread.ofVirtual().start(() -> {
                                pause(moment + ThreadLocalRandom.current().nextInt(APART_MILLIS));
                                String answer = bodyOf(() -> alice.get(name, path));
                                if (!answer.equals(name)) {
                                    failures.add(answer);
                                }
                                calls.incrementAndGet();
                            }));
                        }
                        arriving.forEach(UnderLoadTest::join);
                        boots.add(name + " " + bodyOf(() -> alice.get(name, "/boot")));
                    }
                });
            }
        }
        assertThat(failures).as("failures of %d calls", calls.get()).isEmpty();
        assertThat(calls).hasValue(NAPPERS * NAPS * 4);
        System.out.printf("UnderLoadTest: %d naps, %d instances%n", NAPPERS * NAPS, boots.size());
        assertThat(boots).as("some instances had stopped").hasSizeGreaterThan(NAPPERS);
        assertThat(boots).as("some were called in time").hasSizeLessThan(NAPPERS * NAPS);
    }

    private static String bodyOf(Supplier<Answer> call) {
        try {
            Answer answer = call.get();
            return answer.status() == 200 ? answer.body() : answer.status() + " " + answer.body();
        } catch (AssertionError e) {
            return e.toString();
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
