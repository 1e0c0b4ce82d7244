package dev.berth.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What counts as the same output, and what does not. */
class ShownOutputTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = true, textBlock = """
            whoami  zero  0                          | whoami zero    0                          | true
            whoami zero 0                            | whoami running 1                          | false
            Stopped (pid 4242).                      | Stopped (pid 17).                         | true
            is up, after 370 ms.                     | is up, after 1715 ms.                     | true
            2026-11-21T09:00:00.000Z a-002-5a3c91e0  | 2027-01-02T10:11:12.131Z a-002-00000000   | true
            2026-11-21T09:00:00.000Z a-002-5a3c91e0  | 2027-01-02T10:11:12.131Z a-003-00000000   | false
            {"code":0,"data":1}                      | {"code":0,"data":2}                       | false
            {"code":0,"data":…}                      | {"code":0,"data":2}                       | true
            one                                      | one two                                   | false
            """)
    void formsAreComparedAndTheRestExactly(String shown, String real, boolean same) {
        assertThat(matches(shown, real)).isEqualTo(same);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            '…\nlast'       | 'first\nsecond\nlast' | true
            '…\nlast'       | 'last'                | true
            '…\nlast'       | 'last\nanother'       | false
            'first\n…'      | 'first\nlast'         | true
            'first\nlast'   | 'first\nx\nlast'      | false
            '…\nlast'       | 'first last'          | false
            """)
    void anEllipsisAloneStandsForAnyLines(String shown, String real, boolean same) {
        assertThat(matches(shown, real)).isEqualTo(same);
    }

    @Test
    void linesMayBeMany() {
        assertThat(matches("first\n…\nlast", "first\n" + "another\n".repeat(100_000) + "last"))
                .isTrue();
    }

    private static boolean matches(String shown, String real) {
        return new ShownOutput(shown)
                .pattern()
                .matcher(ShownOutput.normalised(real))
                .matches();
    }
}
