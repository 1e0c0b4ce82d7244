package dev.berth.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.Activator.LeaseReceiver;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The time that a call may take. */
class DeadlineTest {
    @RegisterExtension
    static final GatewayFixture gateway = new GatewayFixture();

    private static Ask soon() {
        return gateway.ask("GET", "/").with("X-WX-USER-TIMEOUT", "100");
    }

    @Test
    @Tag("CH-71")
    @Tag("CH-7")
    @Tag("CH-35")
    @Tag("CH-87")
    void aServiceThatSaysNothingIsAnsweredAsATimeout() throws Exception {
        gateway.service().script(request -> request.in().readAllBytes());
        assertThat(gateway.call(soon()).outcome()).isEqualTo("102002 请求超时");
        assertThat(gateway.recorded().outcome()).isEqualTo("102002");
    }

    @Test
    @Tag("CH-71")
    @Tag("CH-35")
    @Tag("CH-38")
    void theWaitForAnInstanceCounts() throws Exception {
        gateway.activator.sleep();
        RawClient.Answer answer = gateway.call(soon());
        assertThat(answer.outcome()).isEqualTo("102002 请求超时");
        assertThat(answer.header("x-berth-reason").orElseThrow()).startsWith("runtime; ");
    }

    @Test
    @Tag("CH-71")
    void aLeaseGrantedAfterTheDeadlineIsEndedAtOnce() throws Exception {
        gateway.activator.sleep();
        gateway.call(soon());
        gateway.activator.started(gateway.activator.nextWaiting());
        gateway.activator.awaitAllEndedOnce();
        assertThat(gateway.service().gotNothing()).isTrue();
    }

    @Test
    @Tag("CH-71")
    void aStartFailureAfterTheDeadlineChangesNothing() throws Exception {
        gateway.activator.sleep();
        try (RawClient client = gateway.connect()) {
            client.send(soon().toBytes());
            assertThat(client.read().outcome()).isEqualTo("102002 请求超时");
            gateway.activator.failed(gateway.activator.nextWaiting());
            gateway.activator.serve(gateway.service().port());
            client.send(gateway.ask("GET", "/").toBytes());
            assertThat(client.read().text()).isEqualTo("ok");
        }
    }

    @Test
    @Tag("CH-71")
    @Tag("CH-114")
    void theDeadlineAfterTheHeadHasLeftResetsTheAnswer() throws Exception {
        gateway.service().script(request -> {
            request.answer("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
            request.in().readAllBytes();
        });
        assertThatThrownBy(() -> gateway.call(soon())).isInstanceOf(IOException.class);
        assertThat(gateway.recorded().outcome()).isEqualTo("102002");
    }

    @Test
    @Tag("CH-71")
    @Tag("CH-70")
    void aTimeoutBearsNothingOfTheAnswerThatHadBegun() throws Exception {
        // A head of this kind waits for the body: HTTP/1.0 knows no chunks.
        gateway.service().script(request -> {
            request.answer("HTTP/1.1 404 Nope\r\nX-App: 1\r\nTransfer-Encoding: chunked\r\n\r\n");
            request.in().readAllBytes();
        });
        Ask ask = gateway.askLine("GET / HTTP/1.0").with("X-WX-USER-TIMEOUT", "300");
        RawClient.Answer answer = gateway.call(ask);
        assertThat(answer.outcome()).isEqualTo("102002 请求超时");
        assertThat(answer.head().startLine()).endsWith(" 200 OK");
        assertThat(answer.header("X-App")).isEmpty();
    }

    @Test
    @Tag("CH-71")
    void theServiceLosesTheConnectionOfACallThatIsOver() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        gateway.service().script(request -> {
            request.in().readAllBytes();
            ended.countDown();
        });
        gateway.call(soon());
        assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "15001", "abc", "99999999999", "1.5", ""})
    @Tag("CH-7")
    void anUnusableTimeoutHasNoEffect(String value) throws Exception {
        gateway.activator.sleep();
        try (RawClient client = gateway.connect()) {
            client.send(gateway.ask("GET", "/").with("X-WX-USER-TIMEOUT", value).toBytes());
            LeaseReceiver waiting = gateway.activator.nextWaiting();
            Thread.sleep(50); // that nothing happens can only be seen by waiting
            gateway.activator.started(waiting);
            assertThat(client.read().text()).isEqualTo("ok");
        }
    }

    @Test
    @Tag("CH-35")
    @Tag("CH-71")
    void withoutAWishTheDeadlineIsFifteenSeconds() throws Exception {
        gateway.service().script(request -> request.in().readAllBytes());
        long start = System.nanoTime();
        assertThat(gateway.call(gateway.ask("GET", "/").with("X-WX-USER-TIMEOUT", "15001"))
                        .outcome())
                .isEqualTo("102002 请求超时");
        assertThat((System.nanoTime() - start) / 1_000_000).isBetween(14_900L, 17_000L);
    }
}
