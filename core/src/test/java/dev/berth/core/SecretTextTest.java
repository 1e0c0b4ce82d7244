package dev.berth.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTextTest {
    private static final String ONE = SecretText.of(new byte[32]);
    private static final String OTHER = SecretText.of(new byte[] {1, -1});

    @Test
    void isMaskedWhereverItStands() {
        assertThat(SecretText.masked("{\"a\":\"%s\",\"b\":\"AKID%s\"}".formatted(ONE, OTHER)))
                .isEqualTo("{\"a\":\"***\",\"b\":\"***\"}");
        assertThat(SecretText.masked(ONE + ONE + "00云\n" + OTHER)).isEqualTo("******00云\n***");
        assertThat(SecretText.masked("cut off: " + ONE.substring(0, 20))).isEqualTo("cut off: ***");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "token", "AKID and BerthSecret", "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE", "云泊"})
    void leavesEverythingElseAsItIs(String text) {
        assertThat(SecretText.masked(text)).isEqualTo(text);
    }

    @Test
    void isLettersAndDigitsAndDiffersWithItsBytes() {
        assertThat(ONE).matches("[A-Za-z0-9]{64,}").isNotEqualTo(OTHER);
        assertThatIllegalArgumentException().isThrownBy(() -> SecretText.of(new byte[33]));
    }
}
