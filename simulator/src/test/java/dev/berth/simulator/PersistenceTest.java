package dev.berth.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PersistenceTest extends WeChatTest {
    @Test
    void codesAppsAndUsersOutliveARestart() {
        String unused = code(SHOP, "alice");
        String used = code(SHOP, "alice");
        exchange(SHOP, used);

        restart(UnaryOperator.identity());

        assertThat(exchange(SHOP, unused).json().getString("openid")).isEqualTo(Identity.openid(SHOP.appid(), "alice"));
        assertThat(exchange(SHOP, used).json().getInteger("errcode")).isEqualTo(40163);
        assertThat(exchange(SHOP, unused).json().getInteger("errcode")).isEqualTo(40163);
    }

    @Test
    void seedingAgainChangesNothing() {
        browser.send("PUT", "/__sim__/apps/" + SHOP.appid(), "{\"secret\":\"changed\"}");

        simulator.seed(List.of(SHOP), List.of(new User("alice", Optional.of("other"), Optional.empty())));

        assertThat(exchange(SHOP, "c").json().getInteger("errcode")).isEqualTo(40125);
        assertThat(browser.get("/__sim__/users/alice").json().containsKey("nickname"))
                .isFalse();
        assertThat(browser.get("/__sim__/users").json().getJsonArray("users")).hasSize(2);
    }

    @Test
    void aPlatformsSecretHoldsWhenBothDisagree() {
        browser.send("PUT", "/__sim__/apps/" + SHOP.appid(), "{\"secret\":\"changed\",\"unionid\":false}");

        simulator.introduce(List.of(SHOP));

        assertThat(exchange(SHOP, code(SHOP, "alice")).json().fieldNames())
                .contains("openid")
                .doesNotContain("unionid"); // which is not the platform's to say
    }

    @Test
    void aNewSimulatorHasNeitherAppsNorUsers() {
        restart(options -> SimulatorOptions.of(folder.resolve("empty.db")).withPort(0));

        assertThat(browser.get("/__sim__/users").json().getJsonArray("users")).isEmpty();
        assertThat(browser.get("/__sim__/apps").json().getJsonArray("apps")).isEmpty();
    }

    @Test
    void twoSimulatorsCanShareOneVertx() {
        try (Simulator other = Simulator.start(
                vertx(), SimulatorOptions.of(folder.resolve("other.db")).withPort(0))) {
            assertThat(other.port()).isNotEqualTo(simulator.port());
        }
        assertThat(browser.get("/__sim__/users").status()).isEqualTo(200);
    }

    @Test
    void closingTwiceIsFine() {
        simulator.close();
    }

    @Test
    void aPortInUseIsNamedTogetherWithTheWayOut() {
        assertThatThrownBy(() -> Simulator.start(
                        vertx(),
                        SimulatorOptions.of(folder.resolve("second.db")).withPort(simulator.port())))
                .isInstanceOf(SimulatorException.class)
                .hasMessageContaining("127.0.0.1:" + simulator.port())
                .hasMessageContaining("BERTH_SIMULATOR_PORT");
    }

    @Test
    void aDatabaseThatCannotBeMadeIsNamed() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "no folder");

        assertThatThrownBy(() -> Simulator.start(vertx(), SimulatorOptions.of(file.resolve("simulator.db"))))
                .isInstanceOf(SimulatorException.class)
                .hasMessageContaining("simulator.db");
    }

    @Test
    void aFileThatIsNoDatabaseIsLeftAlone() throws Exception {
        Path file = Files.writeString(folder.resolve("notes.txt"), "not a database ".repeat(100));

        assertThatThrownBy(() -> Simulator.start(vertx(), SimulatorOptions.of(file)))
                .isInstanceOf(SimulatorException.class)
                .hasMessageContaining("notes.txt");
        assertThat(file).hasContent("not a database ".repeat(100));
    }

    @Test
    void aDatabaseOfANewerBerthIsRefused() throws Exception {
        Path file = folder.resolve("newer.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA user_version = 99");
        }

        assertThatThrownBy(() -> Simulator.start(vertx(), SimulatorOptions.of(file)))
                .isInstanceOf(SimulatorException.class)
                .hasMessageContaining("newer version of Berth (schema 99, expected: at most ");
    }

    @Test
    void theFilesWithTheSecretsOfAppsAreTheirOwnersOnly() throws IOException {
        browser.send("POST", "/__sim__/users", "{\"name\":\"carol\"}");
        try (Stream<Path> files = Files.list(options().database().getParent())) {
            List<Path> made = files.toList();

            assertThat(made).hasSizeGreaterThan(1);
            for (Path file : made) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as(file.toString())
                        .isEqualTo("rw-------");
            }
        }
    }
}
