package dev.berth.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnknownCodesTest extends WeChatTest {
    private static final String FROM_DEV_TOOLS = "0f1abcGa1DevTools00000000000000A";

    @Test
    void areRefusedByDefault() {
        assertThat(errcode(FROM_DEV_TOOLS)).isEqualTo(40029);
    }

    @Test
    void signInTheDefaultUserWithAWarningWhenSwitchedOn() {
        restart(options -> options.withAcceptUnknownCodes(true));

        try (LogTrap log = LogTrap.set()) {
            assertThat(exchange(SHOP, FROM_DEV_TOOLS).json().getString("openid"))
                    .isEqualTo(Identity.openid(SHOP.appid(), "alice"));
            assertThat(log.warnings()).singleElement().asString().contains("alice", "acceptUnknownCodes");
        }
    }

    @Test
    void signInWhomTheOptionsName() {
        restart(options -> options.withAcceptUnknownCodes(true).withDefaultUser("bob"));

        assertThat(exchange(SHOP, FROM_DEV_TOOLS).json().getString("openid"))
                .isEqualTo(Identity.openid(SHOP.appid(), "bob"));
    }

    @Test
    void areGoodOnceToo() {
        restart(options -> options.withAcceptUnknownCodes(true));
        exchange(SHOP, FROM_DEV_TOOLS);

        assertThat(errcode(FROM_DEV_TOOLS)).isEqualTo(40163);
    }

    @Test
    void areRefusedWithAWarningWhenTheDefaultUserIsMissing() {
        restart(options -> options.withAcceptUnknownCodes(true).withDefaultUser("carol"));

        try (LogTrap log = LogTrap.set()) {
            assertThat(errcode(FROM_DEV_TOOLS)).isEqualTo(40029);
            assertThat(log.warnings()).singleElement().asString().contains("\"carol\" does not exist");
        }
    }

    @Test
    void doNotOpenTheDoorToUsedExpiredOrForeignCodesOfTheSimulator() {
        restart(options -> options.withAcceptUnknownCodes(true));
        String used = code(SHOP, "alice");
        exchange(SHOP, used);
        String foreign = code(NEWS, "alice");
        String expired = code(SHOP, "alice");
        clock.advance(Duration.ofMinutes(5));

        assertThat(List.of(errcode(used), errcode(foreign), errcode(expired))).containsExactly(40163, 40029, 40029);
    }

    @Test
    void doNotOpenTheDoorToCodesThatTheSimulatorHasForgotten() {
        restart(options -> options.withAcceptUnknownCodes(true));
        String code = code(SHOP, "alice");
        clock.advance(Duration.ofDays(3));
        code(SHOP, "alice");

        assertThat(errcode(code)).isEqualTo(40029);
    }

    @Test
    void noLineOfTheLogHoldsSecretsCodesOrSessionKeys() {
        restart(options -> options.withAcceptUnknownCodes(true));

        try (LogTrap log = LogTrap.set()) {
            String own = code(SHOP, "alice");
            String ownKey = exchange(SHOP, own).json().getString("session_key");
            String key = exchange(SHOP, FROM_DEV_TOOLS).json().getString("session_key");
            assertThat(log.lines())
                    .isNotEmpty()
                    .noneMatch(line -> line.contains(own)
                            || line.contains(FROM_DEV_TOOLS)
                            || line.contains(ownKey)
                            || line.contains(key)
                            || line.contains(SHOP.secret()));
        }
    }

    private int errcode(String code) {
        return exchange(SHOP, code).json().getInteger("errcode");
    }
}
