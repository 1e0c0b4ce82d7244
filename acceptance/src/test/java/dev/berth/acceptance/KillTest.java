package dev.berth.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What was acknowledged survives {@code kill -9} at any instant (docs/design.md, section 5). */
@Execution(ExecutionMode.CONCURRENT)
class KillTest {
    static final String PASSWORD = "known-to-the-service-only";
    private static final int KILLS = 100;
    /** One of so many is killed before it is ready, and after one of so many comes a life that is stopped as it should be. */
    private static final int ONE_OF = 10;

    private static final int LONGEST_MILLIS = 600;

    private final Folder folder = new Folder();
    private final Ledger ledger = new Ledger();
    private final AtomicInteger answered = new AtomicInteger();

    @AfterEach
    void delete() {
        folder.delete();
    }

    @Test
    @Tag("HO-3")
    @Tag("CH-139")
    @Timeout(1800)
    void everythingAcknowledgedIsThereAgain() throws Exception {
        long seed = new Random().nextLong();
        System.out.println("KillTest: seed " + seed);
        Random random = new Random(seed);
        List<Long> crashed = new ArrayList<>();
        List<Long> clean = new ArrayList<>();
        boolean stoppedCleanly = false;
        for (int life = 0; life < KILLS; life++) {
            KillableServer server = KillableServer.start(folder);
            try {
                if (life % ONE_OF == ONE_OF / 2) {
                    Thread.sleep(random.nextInt(LONGEST_MILLIS));
                    continue;
                }
                (stoppedCleanly ? clean : crashed).add(server.awaitReady());
                new Aftermath(folder, server, ledger).check();
                if (life == 0) {
                    Fire.deployFirst(server, ledger); // something to call
                }
                Fire fire = Fire.on(server, ledger, answered);
                try (fire) {
                    Thread.sleep(random.nextInt(LONGEST_MILLIS));
                    server.kill();
                }
            } catch (AssertionError e) {
                throw new AssertionError("seed %d, life %d: %s".formatted(seed, life, e.getMessage()), e);
            } finally {
                server.kill();
            }
            stoppedCleanly = life % ONE_OF == 0;
            if (stoppedCleanly) {
                stopCleanly();
            }
        }
        KillableServer last = KillableServer.start(folder);
        try {
            last.awaitReady();
            Aftermath aftermath = new Aftermath(folder, last, ledger);
            aftermath.check();
            aftermath.checkEverySession();
        } finally {
            last.stop();
        }
        assertThat(Processes.naming(folder.path())).isEmpty();
        requireNowhere(PASSWORD);
        report(crashed, clean);
    }

    /** The services had it in a variable. */
    private void requireNowhere(String password) throws IOException {
        try (Stream<Path> files = Files.walk(folder.data())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, ISO_8859_1).contains(password))
                        .as(file.toString())
                        .isFalse();
            }
        }
    }

    private void stopCleanly() {
        KillableServer server = KillableServer.start(folder);
        try {
            server.awaitReady();
        } finally {
            server.stop();
        }
    }

    private void report(List<Long> crashed, List<Long> clean) {
        System.out.printf(
                "KillTest: %d kills, %d requests answered; %s versions, %d users, %d sessions; start after a crash %d ms, after a stop %d ms (medians)%n",
                KILLS,
                answered.get(),
                ledger.deploying.stream()
                        .mapToInt(service -> service.versions().size())
                        .sum(),
                ledger.openidsByUser.size(),
                ledger.sessions.size(),
                median(crashed),
                median(clean));
        assertThat(median(crashed)).isLessThan(3 * median(clean) + 2_000);
    }

    private static long median(List<Long> values) {
        List<Long> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }
}
