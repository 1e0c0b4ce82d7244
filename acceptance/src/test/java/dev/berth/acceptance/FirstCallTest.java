package dev.berth.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What somebody sees who has just cloned Berth. */
class FirstCallTest {
    @RegisterExtension
    static final Platform platform = new Platform();

    @Test
    @Tag("CH-41")
    @Tag("CH-42")
    @Tag("CH-47")
    @Tag("HO-41")
    void aliceIsKnownToTheExampleService() throws Exception {
        JsonNode answer = Json.parse(platform.berth("call", "whoami", "/hello?x=1", "--as", "alice")
                .ok()
                .out());
        assertThat(answer.path("openid").asText()).isEqualTo(openidOf("alice"));
        assertThat(answer.path("url").asText()).isEqualTo("/hello?x=1");
        assertThat(answer.path("env").asText()).isEqualTo("prod-01");
        assertThat(answer.path("headers").path("x-wx-appid").asText())
                .isEqualTo(platform.doors().path("app").asText());
        assertThat(answer.path("headers").path("x-wx-env").asText()).isEqualTo("prod-01");
    }

    @Test
    void bobIsSomebodyElse() {
        assertThat(openidOf("bob")).isNotEqualTo(openidOf("alice"));
        assertThat(Json.parse(platform.berth("call", "whoami", "/", "--as", "bob")
                                .ok()
                                .out())
                        .path("openid")
                        .asText())
                .isEqualTo(openidOf("bob"));
    }

    @Test
    void statusTellsTheDoorsTheDataFolderAndHowFarToTrust() {
        JsonNode status = Json.parse(platform.berth("status", "--json").ok().out());
        assertThat(status.path("doors")).isEqualTo(platform.doors().path("doors"));
        assertThat(status.path("data").asText())
                .isEqualTo(platform.folder().data().toString());
        assertThat(status.path("trust").asText()).contains("not walled off");
    }

    @Test
    void secretsAreReadableByTheirOwnerOnly() throws Exception {
        for (String name : new String[] {"token", "master.key", "server.json"}) {
            Path file = platform.folder().data().resolve(name);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .as(name)
                    .isEqualTo("rw-------");
        }
    }

    private static String openidOf(String user) {
        String app = platform.doors().path("app").asText();
        for (JsonNode each :
                Json.parse(platform.berth("users", "--json").ok().out()).path("users")) {
            if (each.path("name").asText().equals(user)) {
                return each.path("openids").path(app).asText();
            }
        }
        throw new AssertionError("no user " + user);
    }
}
