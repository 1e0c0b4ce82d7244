package dev.berth.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class WrkTest {
    private static final String PRINTED = """
            Running 1s test @ http://127.0.0.1:7080/
              1 threads and 32 connections
              Latency Distribution
                 50%  812.00us
                 75%    1.10ms
                 90%    1.50ms
                 99%    2.25ms
              36512 requests in 1.00s, 7.12MB read
            Requests/sec:  36480.12
            """;

    @Test
    void readsWhatWrkPrints() {
        assertThat(Wrk.parse(PRINTED)).isEqualTo(new Wrk.Result(36_512, 812, 2_250));
    }

    @Test
    void refusesFiguresOfFailingCalls() {
        assertThatThrownBy(() -> Wrk.parse(PRINTED + "  Non-2xx or 3xx responses: 12\n"))
                .hasMessage("wrk: Non-2xx or 3xx responses: 12");
        assertThatThrownBy(() -> Wrk.parse(PRINTED + "  Socket errors: connect 0, read 3, write 0, timeout 0\n"))
                .hasMessage("wrk: Socket errors: connect 0, read 3, write 0, timeout 0");
    }

    @Test
    void refusesOutputThatItDoesNotKnow() {
        assertThatThrownBy(() -> Wrk.parse("unable to connect")).hasMessageContaining("unable to connect");
    }
}
