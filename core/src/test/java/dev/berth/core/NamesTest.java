package dev.berth.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "whoami", "a-1", "abcdefghijklmnopqrst"})
    @Tag("HO-2")
    void acceptsServiceNames(String name) {
        assertThat(Names.requireServiceName(name)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1a", "-a", "A", "a_b", "服务", "abcdefghijklmnopqrstu", "a/../b"})
    @Tag("HO-2")
    void refusesOtherServiceNamesInTheOfficialWords(String name) {
        assertThatThrownBy(() -> Names.requireServiceName(name))
                .isInstanceOf(BerthException.class)
                .hasMessage("服务名称只能包含数字、小写字母和-，只能以小写字母开头，最多20字符");
    }

    @Test
    @Tag("HO-3")
    void namesVersionsByServiceAndIncrement() {
        assertThat(new VersionId("prod-01", "demo", 1).name()).isEqualTo("demo-001");
        assertThat(new VersionId("prod-01", "demo", 1234).name()).isEqualTo("demo-1234");
    }

    @Test
    void saysHowTheNameOfAVariableBegins() {
        assertThatThrownBy(() -> Names.requireVariableName("1A"))
                .hasMessage("variable: 1A (expected: letters, digits, _ . -, first a letter or _)");
    }
}
