package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.BerthException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpEnvironmentTest {
    private static final ManagementApi.Defaults DEFAULTS = new ManagementApi.Defaults("wx1", "prod-01");

    @TempDir
    Path folder;

    private final ServerDouble server = new ServerDouble();

    @BeforeEach
    void describe() {
        server.describedIn(folder).on("GET /api/v1/environments", """
                {"environments":[{"id":"prod-01","app":"wx1"},{"id":"mine-01","app":"wx1"},{"id":"shop-01","app":"wx2"}]}""");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void oneThatIsMissingIsAddedToTheServersApp() {
        server.on("PUT /api/v1/environments/cloud1-x", "{\"id\":\"cloud1-x\",\"app\":\"wx1\"}");
        UpEnvironment environment = of("cloud1-x");
        assertThat(server.lastAsked().method()).isEqualTo("PUT");
        assertThat(server.lastAsked().text()).isEqualTo("{\"app\":\"wx1\"}");
        assertThat(environment.app()).isEqualTo("wx1");
        assertThat(environment.option()).isEqualTo(" --env cloud1-x");
        assertThat(environment.callOptions()).isEqualTo(" --env cloud1-x");
    }

    @Test
    void oneThatIsThereIsTakenAsItIs() {
        assertThat(of("mine-01").callOptions()).isEqualTo(" --env mine-01");
        UpEnvironment foreign = of("shop-01");
        assertThat(foreign.app()).isEqualTo("wx2");
        assertThat(foreign.option()).isEqualTo(" --env shop-01");
        assertThat(foreign.callOptions()).isEqualTo(" --env shop-01 --from wx2");
        assertThat(server.asked()).extracting(ServerDouble.Request::method).containsOnly("GET");
    }

    @Test
    void theServersOwnIsNamedInNoCommand() {
        assertThat(of("prod-01")).isEqualTo(UpEnvironment.ofServer(DEFAULTS));
        assertThat(of("prod-01").option()).isEmpty();
        assertThat(of("prod-01").callOptions()).isEmpty();
    }

    @Test
    void aRefusalOfTheServerIsTold() {
        server.on(
                "PUT /api/v1/environments/cloud1-x",
                asked -> ServerDouble.refusal(409, "ENV_TAKEN", "environment: cloud1-x belongs to app wx9", "Another"));
        assertThatThrownBy(() -> of("cloud1-x"))
                .isInstanceOf(BerthException.class)
                .hasMessageContaining("belongs to app wx9");
    }

    private UpEnvironment of(String id) {
        return UpEnvironment.of(
                new ManagementApi(RunningServer.require(Typed.shell(folder)), new Http()), DEFAULTS, id);
    }
}
