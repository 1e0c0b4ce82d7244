package dev.berth.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.Asker.InstanceAsker;
import dev.berth.core.VersionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("OA-25")
class DenialLogTest {
    private final CapturedLog captured = CapturedLog.start();
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1000); // it may overflow
    private final List<String> told = new ArrayList<>();
    private final DenialLog log = new DenialLog(nanos::get, (asker, line) -> told.add(asker.instanceId() + " " + line));

    @AfterEach
    void close() {
        captured.close();
    }

    @Test
    void oneLineSaysWhoAskedForWhatAndWhatToAddWhere() {
        tell("/a", "add it: berth permissions add /a --env prod-01");

        assertThat(captured.ofBerth())
                .singleElement()
                .asString()
                .contains("GET /a of prod-01/demo-001")
                .contains("85112: add it: berth permissions add /a --env prod-01");
        assertThat(told)
                .singleElement()
                .asString()
                .endsWith(" GET /a was refused (85112): add it: berth permissions add /a --env prod-01");
    }

    @Test
    void aLoopIsToldOnceAMinuteWithHowOftenItCame() {
        for (int i = 0; i < 1000; i++) {
            tell("/a", "the same");
        }
        tell("/a", "another");
        assertThat(captured.ofBerth()).hasSize(2);

        nanos.addAndGet(Duration.ofSeconds(61).toNanos());
        tell("/a", "the same");
        assertThat(captured.ofBerth()).hasSize(3).last().asString().contains("(and 999 times more before)");
        assertThat(told).hasSize(3).last().asString().contains("(and 999 times more before)");
    }

    @Test
    void everNewPathsDoNotFloodTheLogEither() {
        for (int i = 0; i < 5000; i++) {
            tell("/" + i, "reason " + i);
        }
        assertThat(captured.ofBerth()).hasSize(20);

        nanos.addAndGet(Duration.ofSeconds(61).toNanos());
        tell("/a", "later");
        assertThat(captured.ofBerth()).hasSize(21);
    }

    @Test
    void whoFloodsDoesNotSilenceOthers() {
        for (int i = 0; i < 5000; i++) {
            tell("/" + i, "reason " + i);
        }
        InstanceAsker other = new InstanceAsker(new VersionId("prod-01", "other", 1), "other-001-aaaa");
        log.tell(other, "GET", "/b", Denial.secretMissing("mine"));

        assertThat(captured.ofBerth()).last().asString().contains("prod-01/other-001", "mine");
    }

    @Test
    void manyWhoFloodGetAHundredLinesTogether() {
        for (int i = 0; i < 5000; i++) {
            InstanceAsker one = new InstanceAsker(new VersionId("prod-01", "many", 1 + i % 500), "many-001-aaaa");
            log.tell(one, "GET", "/" + i, Denial.secretMissing("reason " + i));
        }
        assertThat(captured.ofBerth()).hasSize(100);
    }

    @Test
    void aLineStaysALine() {
        tell("/a\r\nGET /b", "c\u0000d\u001b[31m");

        assertThat(captured.ofBerth())
                .singleElement()
                .asString()
                .contains("GET /a??GET /b")
                .contains("c?d?[31m");
    }

    private void tell(String path, String reason) {
        log.tell(World.INSTANCE, "GET", path, Denial.secretMissing(reason));
    }
}
