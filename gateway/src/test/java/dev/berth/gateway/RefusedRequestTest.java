package dev.berth.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.RefusedRequest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused before it is a call is told nevertheless, once, and is told as what it is. */
final class RefusedRequestTest {
    @RegisterExtension
    static final GatewayFixture gateway = new GatewayFixture();

    @AfterEach
    void noCallWasMadeOfIt() {
        assertThat(gateway.recordedSoFar()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GET / HTTP/1.1|Host: x, 404, INVALID_HOST, gateway",
        "GET /__berth__/none?code=1 HTTP/1.1|Host: x, 404, ROUTE_UNKNOWN, gateway",
        "GET / HTTP/1.1|Host: x|Expect: the-unexpected, 417, BAD_REQUEST, gateway",
        "POST / HTTP/1.1|Host: x|Content-Length: +5, 400, BAD_REQUEST, client",
        "GET / HTTP/1.1|Host : x, 400, BAD_REQUEST, client",
        "POST /__berth__/sessions HTTP/1.1|Host: x|Content-Length: 0, 400, SESSIONS_47001, client",
        "DELETE /__berth__/sessions/current HTTP/1.1|Host: x, 401, SESSIONS_40001, client"
    })
    void everyRefusalIsToldOnce(String lines, int status, String outcome, String component) throws Exception {
        String request = lines.replace("|", "\r\n") + "\r\n\r\n";

        RawClient.Answer answer = gateway.call(request.getBytes(StandardCharsets.US_ASCII));

        assertThat(answer.status()).isEqualTo(status);
        RefusedRequest refused = gateway.refused();
        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.outcome()).isEqualTo(outcome);
        assertThat(refused.component()).isEqualTo(component);
        assertThat(refused.reason()).isNotEmpty();
        assertThat(refused.path()).doesNotContain("?");
        assertThat(gateway.refusedSoFar()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"code\":\"c\"} | SESSIONS_41002",
                "{\"appid\":\"wx1\"} | SESSIONS_41008",
                "{\"appid\":\"wx-nobody\",\"code\":\"c\"} | SESSIONS_40013"
            })
    void aSignInThatWeChatIsNotAskedForIsTold(String body, String outcome) throws Exception {
        gateway.call(signIn(body));

        assertThat(gateway.refused().outcome()).isEqualTo(outcome);
    }

    @Test
    void aSignInThatIsTooLongIsToldOnce() throws Exception {
        gateway.call(signIn("x".repeat(200_000)));

        assertThat(gateway.refused().outcome()).isEqualTo("SESSIONS_40097");
        assertThat(gateway.refusedSoFar()).isEmpty();
    }

    private static byte[] signIn(String body) {
        return ("POST /__berth__/sessions HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }
}
