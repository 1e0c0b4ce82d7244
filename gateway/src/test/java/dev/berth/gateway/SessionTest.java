package dev.berth.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which sessions are believed, and for how long. */
class SessionTest {
    private static final String INVALID = "40001 invalid credential";
    private static final String EXPIRED = "42001 access_token expired";

    @RegisterExtension
    static final GatewayFixture gateway = new GatewayFixture();

    private static String callWith(String session) throws Exception {
        return gateway.call(gateway.ask("GET", "/").with("X-Berth-Session", session))
                .outcome();
    }

    @Test
    @Tag("CH-83")
    void noSessionIsInvalid() throws Exception {
        assertThat(gateway.call(gateway.ask("GET", "/").without("X-Berth-Session"))
                        .outcome())
                .isEqualTo(INVALID);
        assertThat(callWith("")).isEqualTo(INVALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", ".", "a.", ".b", "a.b", "a.b.c", "\u00e9.\u00e9", "%00.x", "long"})
    @Tag("CH-83")
    void aMalformedSessionIsInvalid(String session) throws Exception {
        assertThat(callWith(session.equals("long") ? "a".repeat(5000) + "." + "b".repeat(43) : session))
                .isEqualTo(INVALID);
    }

    @Test
    @Tag("CH-83")
    void aForgedSignatureIsInvalidWhereverItDiffers() throws Exception {
        String real = gateway.signedIn(GatewayFixture.ALICE);
        int dot = real.indexOf('.');
        for (int at : new int[] {0, dot - 1, dot + 1, dot + 20}) {
            char other = real.charAt(at) == 'A' ? 'B' : 'A';
            assertThat(callWith(real.substring(0, at) + other + real.substring(at + 1)))
                    .as("position " + at)
                    .isEqualTo(INVALID);
        }
        assertThat(callWith(real.substring(0, real.length() - 1))).isEqualTo(INVALID);
        assertThat(callWith(real + "A")).isEqualTo(INVALID);
        assertThat(callWith(real)).isEqualTo("200");
    }

    @Test
    @Tag("CH-83")
    void aTokenSignedWithAnotherKeyIsInvalid() throws Exception {
        byte[] key = new byte[32];
        key[31] = 1;
        String real = gateway.signedIn(GatewayFixture.ALICE);
        assertThat(callWith(new SessionSignature(key).sign(real.substring(0, real.indexOf('.')))))
                .isEqualTo(INVALID);
    }

    @Test
    @Tag("CH-83")
    @Tag("CH-139")
    void twoHoursWithoutUseEndASession() throws Exception {
        String session = gateway.signedIn(GatewayFixture.ALICE);
        assertThat(callWith(session)).isEqualTo("200");
        gateway.clock.move(Duration.ofHours(2));
        assertThat(callWith(session)).isEqualTo(EXPIRED);
    }

    @Test
    @Tag("CH-83")
    @Tag("CH-139")
    void aSessionNeverUsedEndsAfterTwoHoursToo() throws Exception {
        String session = gateway.signedIn(GatewayFixture.ALICE);
        gateway.clock.move(Duration.ofHours(2).minusSeconds(30));
        String other = gateway.signedIn(GatewayFixture.ALICE);
        gateway.clock.move(Duration.ofSeconds(31));
        assertThat(callWith(session)).isEqualTo(EXPIRED);
        assertThat(callWith(other)).isEqualTo("200");
    }

    @Test
    @Tag("CH-139")
    void useKeepsASessionAlive() throws Exception {
        String session = gateway.signedIn(GatewayFixture.ALICE);
        for (int i = 0; i < 5; i++) {
            gateway.clock.move(Duration.ofMinutes(119));
            assertThat(callWith(session)).isEqualTo("200");
        }
    }

    @Test
    @Tag("CH-83")
    @Tag("CH-139")
    void sevenDaysEndASessionHoweverMuchItIsUsed() throws Exception {
        String session = gateway.signedIn(GatewayFixture.ALICE);
        for (int i = 0; i < 7 * 24 - 1; i++) {
            gateway.clock.move(Duration.ofHours(1));
            assertThat(callWith(session)).as("hour " + i).isEqualTo("200");
        }
        gateway.clock.move(Duration.ofHours(1));
        assertThat(callWith(session)).isEqualTo(EXPIRED);
    }

    @Test
    @Tag("CH-83")
    @Tag("CH-139")
    void aSignedOutSessionIsOver() throws Exception {
        String session = gateway.signedIn(GatewayFixture.ALICE);
        assertThat(callWith(session)).isEqualTo("200");
        Ask signOut = gateway.ask("DELETE", "/__berth__/sessions/current").with("X-Berth-Session", session);
        assertThat(gateway.call(signOut).status()).isEqualTo(204);
        assertThat(callWith(session)).isEqualTo(EXPIRED);
        assertThat(gateway.call(signOut).status()).as("signing out again").isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "forged.token"})
    @Tag("CH-139")
    void signingOutWithoutASessionIsRefused(String session) throws Exception {
        Ask signOut = gateway.ask("DELETE", "/__berth__/sessions/current").with("X-Berth-Session", session);
        RawClient.Answer answer = gateway.call(signOut);
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.text()).contains("\"errcode\":40001");
    }
}
