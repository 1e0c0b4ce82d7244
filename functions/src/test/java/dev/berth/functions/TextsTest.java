package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextsTest {
    @Test
    void saysWhatWasThrown() {
        assertThat(Texts.thrown("TypeError: a is not a function\n    at main (/f/index.js:1:1)"))
                .isEqualTo("TypeError: a is not a function");
        assertThat(Texts.thrown("Error [ERR_REQUIRE_ESM]: no\nError: another"))
                .isEqualTo("Error [ERR_REQUIRE_ESM]: no");
        assertThat(Texts.thrown("a string")).isEqualTo("a string");
        assertThat(Texts.thrown("")).isEmpty();
    }

    @Test
    void saysWhereInTheFunctionsOwnCodeItWasThrown() {
        assertThat(Texts.thrown("""
                        TypeError: Cannot read properties of undefined (reading 'y')
                            at fail (/var/user/node_modules/a/index.js:1:1)
                            at Object.<anonymous> (/var/user/库/my file.js:2:3)
                            at /var/user/index.js:7:9"""))
                .isEqualTo("TypeError: Cannot read properties of undefined (reading 'y') (/var/user/库/my file.js:2)");
        assertThat(Texts.thrown("Error: no\n    at async file:///var/user/index.mjs:7:9"))
                .isEqualTo("Error: no (/var/user/index.mjs:7)");
    }

    @Test
    void saysWhatIsWrongBeforeWhereTheSyntaxIsWrong() {
        assertThat(Texts.thrown("""
                        /f/index.js:1
                        exports.main = (=>1
                                        ^^

                        SyntaxError: Unexpected token '=>'
                            at wrapSafe (node:internal/modules/cjs/loader:1464:18)""")).isEqualTo("SyntaxError: Unexpected token '=>' (/f/index.js:1)");
    }
}
