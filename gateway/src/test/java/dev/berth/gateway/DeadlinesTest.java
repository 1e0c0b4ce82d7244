package dev.berth.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The wheel by itself, on a real event loop. */
class DeadlinesTest {
    private final Vertx vertx = Vertx.vertx();
    private final Context loop = vertx.getOrCreateContext();
    private final AtomicInteger late = new AtomicInteger();

    private final class Due extends Deadlines.Entry {
        private final Runnable then;

        Due(Runnable then) {
            this.then = then;
        }

        @Override
        void passDeadline() {
            late.incrementAndGet();
            then.run();
        }
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private void onLoop(Runnable step) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        loop.runOnContext(ignored -> {
            step.run();
            done.countDown();
        });
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void nothingPassesEarlyAndEverythingPassesOnce() throws Exception {
        Deadlines deadlines = new Deadlines(vertx);
        ConcurrentHashMap<Integer, Long> waited = new ConcurrentHashMap<>();
        List<Integer> wishes = new Random(3).ints(500, 1, 900).boxed().toList();
        onLoop(() -> {
            for (int i = 0; i < wishes.size(); i++) {
                int number = i;
                long start = System.nanoTime();
                deadlines.enter(new Due(() -> waited.put(number, System.nanoTime() - start)), wishes.get(i));
            }
        });
        await().until(() -> waited.size() == wishes.size());
        assertThat(late).hasValue(wishes.size());
        assertThat(waited)
                .allSatisfy((i, nanos) -> assertThat(nanos).isGreaterThanOrEqualTo(wishes.get(i) * 1_000_000L));
    }

    @Test
    void whoLeavesIsLeftInPeaceAlsoByANeighbourThatPasses() throws Exception {
        Deadlines deadlines = new Deadlines(vertx);
        List<Deadlines.Entry> others = new CopyOnWriteArrayList<>();
        Runnable takeOthersAlong = () -> others.forEach(deadlines::leave);
        onLoop(() -> {
            for (int i = 0; i < 50; i++) {
                Due entry = new Due(takeOthersAlong);
                others.add(entry);
                deadlines.enter(entry, 20);
            }
            Due gone = new Due(() -> {});
            deadlines.enter(gone, 20);
            deadlines.leave(gone);
            deadlines.leave(gone);
        });
        await().until(() -> late.get() > 0);
        await().during(200, TimeUnit.MILLISECONDS).until(() -> late.get() == 1);
    }

    @Test
    void aLoopThatIsHeldUpStillPassesNothingEarly() throws Exception {
        Deadlines deadlines = new Deadlines(vertx);
        ConcurrentHashMap<String, Long> waited = new ConcurrentHashMap<>();
        onLoop(() -> {
            deadlines.enter(new Due(() -> waited.put("short", 0L)), 10);
            try {
                Thread.sleep(2_000); // what is held up is the loop itself
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            long start = System.nanoTime();
            deadlines.enter(new Due(() -> waited.put("long", System.nanoTime() - start)), 15_000);
        });
        await().until(() -> waited.containsKey("short"));
        await().during(300, TimeUnit.MILLISECONDS).until(() -> !waited.containsKey("long"));
    }
}
