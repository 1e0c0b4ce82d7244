package dev.berth.functions;

import static dev.berth.functions.FunctionRoom.CHECKS;
import static dev.berth.functions.FunctionRoom.SUM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.FunctionSettings;
import dev.berth.core.Trigger;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class FunctionDeploymentTest {
    private static final FunctionConfig CONFIG = new FunctionConfig(
            Optional.of("app.run"),
            Optional.of(Duration.ofSeconds(10)),
            OptionalInt.of(512),
            OptionalInt.of(4),
            Map.of("A", "file", "B", "file"),
            new TreeSet<>(Set.of("subscribeMessage.send")),
            List.of(new Trigger("t", "* * * * * * *")),
            Optional.of(false));

    private static FunctionDeployment asking(
            Optional<Duration> timeLimit,
            OptionalInt memory,
            Map<String, String> variables,
            Optional<Boolean> install) {
        return new FunctionDeployment(SUM, InputStream.nullInputStream(), timeLimit, memory, variables, install);
    }

    @Test
    @Tag("HO-54")
    @Tag("HO-55")
    @Tag("HO-58")
    void withoutConfigAndOptionsTheUsualHolds() {
        FunctionDeployment plain = new FunctionDeployment(SUM, InputStream.nullInputStream());
        FunctionSettings settings = plain.settings(FunctionConfig.NONE, CHECKS);
        assertThat(settings).isEqualTo(FunctionSettings.DEFAULTS);
        assertThat(settings.timeLimit()).isEqualTo(Duration.ofSeconds(3));
        assertThat(plain.installs(FunctionConfig.NONE)).isTrue();
    }

    @Test
    void configHoldsWhereNoOptionIsGiven() {
        FunctionDeployment plain = new FunctionDeployment(SUM, InputStream.nullInputStream());
        assertThat(plain.settings(CONFIG, CHECKS))
                .isEqualTo(new FunctionSettings(
                        "app.run",
                        Duration.ofSeconds(10),
                        512,
                        4,
                        CONFIG.variables(),
                        CONFIG.permissions(),
                        CONFIG.triggers()));
        assertThat(plain.installs(CONFIG)).isFalse();
    }

    @Test
    void optionsWin() {
        FunctionDeployment asking = asking(
                Optional.of(Duration.ofSeconds(60)),
                OptionalInt.of(1024),
                Map.of("B", "option", "C", "option"),
                Optional.of(true));
        FunctionSettings settings = asking.settings(CONFIG, CHECKS);
        assertThat(settings.timeLimit()).isEqualTo(Duration.ofSeconds(60));
        assertThat(settings.memory()).isEqualTo(1024);
        assertThat(settings.variables()).isEqualTo(Map.of("A", "file", "B", "option", "C", "option"));
        assertThat(asking.installs(CONFIG)).isTrue();
    }

    @Test
    void theServersBoundHoldsForOptionsAndForTheUsual() {
        FunctionDeployment tooLong =
                asking(Optional.of(Duration.ofSeconds(61)), OptionalInt.empty(), Map.of(), Optional.empty());
        assertThat(Problems.of(() -> tooLong.settings(CONFIG, CHECKS)).message())
                .isEqualTo("timeout: 61 (expected: 1 to 60, in seconds)");
        ConfigChecks strict = new ConfigChecks(CHECKS.cron(), CHECKS.apiNote(), Duration.ofSeconds(2));
        FunctionDeployment plain = new FunctionDeployment(SUM, InputStream.nullInputStream());
        assertThat(plain.settings(FunctionConfig.NONE, strict).timeLimit()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void badOptionsAreRefusedAndSecretsNotShown() {
        FunctionDeployment little = asking(Optional.empty(), OptionalInt.of(1), Map.of(), Optional.empty());
        assertThat(Problems.of(() -> little.settings(CONFIG, CHECKS)).code()).isEqualTo("INVALID_FUNCTION_SETTING");
        assertThat(Problems.of(() -> asking(
                                Optional.empty(), OptionalInt.empty(), Map.of("a b", "s3cret"), Optional.empty()))
                        .message())
                .doesNotContain("s3cret");
        assertThat(asking(Optional.empty(), OptionalInt.empty(), Map.of("K", "s3cret"), Optional.empty()))
                .asString()
                .contains("K")
                .doesNotContain("s3cret");
    }
}
