package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MissingModuleTest {
    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', textBlock = """
            Error: Cannot find module 'wx-server-sdk',                                       wx-server-sdk
            Error: Cannot find module 'lodash/fp',                                           lodash
            Error: Cannot find module '@cloudbase/node-sdk/lib/x',                           @cloudbase/node-sdk
            Error [ERR_MODULE_NOT_FOUND]: Cannot find package 'got' imported from /var/user/index.mjs, got
            """)
    void aPackageHasToBeADependency(String thrown, String name) {
        assertThat(MissingModule.advice(thrown + "\nRequire stack:\n- /var/user/index.js"))
                .contains(name + " has to be in dependencies of the function's package.json");
    }

    @ParameterizedTest
    @CsvSource({"../common/util", "./absent", "/var/user/absent.mjs"})
    void aFileHasToBeInTheFolder(String file) {
        assertThat(MissingModule.advice("Error: Cannot find module '%s'\nRequire stack:".formatted(file)))
                .contains(
                        file + " is not among the function's files: it has those of its own folder only, as on WeChat");
    }

    @Test
    void saysNothingOfOtherErrors() {
        assertThat(MissingModule.advice("TypeError: a is not a function")).isEmpty();
        assertThat(MissingModule.advice("")).isEmpty();
    }
}
