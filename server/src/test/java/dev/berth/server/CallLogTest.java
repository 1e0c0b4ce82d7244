package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.CallRecord;
import dev.berth.core.Refusal;
import dev.berth.core.SystemError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class CallLogTest {
    private static final Logger CALLS = Logger.getLogger("calls");

    private final CallLog log = new CallLog(1_000, new LineLimit(5, () -> 0));
    private final List<String> lines = new ArrayList<>();
    private final Handler trap = new Handler() {
        private final Formatter formatter = new SimpleFormatter();

        @Override
        public void publish(LogRecord record) {
            lines.add(record.getLevel() + " " + formatter.formatMessage(record));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        CALLS.addHandler(trap);
    }

    @AfterEach
    void stopListening() {
        CALLS.removeHandler(trap);
    }

    @Test
    void aCallThatWentWellIsKeptButNotLogged() {
        log.record(call("1", "/", Optional.empty()));

        assertThat(log.latest(10)).extracting(CallRecord::callId).containsExactly("1");
        assertThat(lines).isEmpty();
    }

    @Test
    void aRefusedCallIsLoggedWithComponentAndReason() {
        log.record(call("call-7", "/shop", refusal("X-WX-SERVICE: shop is not deployed")));

        assertThat(lines)
                .containsExactly(
                        "WARNING GET /shop prod-01/demo → -501000 (gateway: X-WX-SERVICE: shop is not deployed), 12345 ms, call call-7");
    }

    @Test
    void nobodyForgesALineOrCommandsTheTerminal() {
        String hostile = "/a\r\n2026 INFO calls: forged\u0085\u2028\u2029\u001b[2J\u009b1m\u202e{0}";

        log.record(call(hostile, hostile, refusal("reason: " + hostile)));

        assertThat(lines)
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .matches("[^\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]*")
                        .contains("/a??2026 INFO calls: forged???")
                        .contains("{0}"));
    }

    @Test
    void aFloodIsToldAsANumber() {
        for (int i = 0; i < 1_239; i++) {
            log.record(call(Integer.toString(i), "/", refusal("no")));
        }
        log.tellHeldBack();
        log.tellHeldBack();

        assertThat(lines).hasSize(6).last().isEqualTo("WARNING … and 1234 more calls that failed");
        assertThat(log.latest(5_000)).hasSize(1_000);
    }

    @Test
    void nobodyFillsTheDiskWithOneCall() {
        log.record(call("1", "/" + "x".repeat(16_000), refusal("y".repeat(16_000))));

        assertThat(lines).singleElement().satisfies(line -> assertThat(line).hasSizeLessThan(2_000));
    }

    @Test
    void theNewestThousandAreKeptNewestFirst() {
        for (int i = 0; i < 1_500; i++) {
            log.record(call(Integer.toString(i), "/", Optional.empty()));
        }

        assertThat(log.latest(5_000)).hasSize(1_000);
        assertThat(log.latest(3)).extracting(CallRecord::callId).containsExactly("1499", "1498", "1497");
        assertThat(log.latest(5_000).getLast().callId()).isEqualTo("500");
    }

    private static Optional<Refusal> refusal(String reason) {
        return Optional.of(Refusal.system(SystemError.SERVICE_UNKNOWN, "gateway", reason));
    }

    private static CallRecord call(String id, String path, Optional<Refusal> refusal) {
        return new CallRecord(
                id,
                Instant.EPOCH,
                "GET",
                path,
                "prod-01",
                CallRecord.Kind.SERVICE,
                "demo",
                Optional.empty(),
                Optional.empty(),
                200,
                refusal.isPresent() ? "-501000" : "ok",
                refusal,
                false,
                0,
                12_345);
    }
}
