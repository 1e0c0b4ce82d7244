package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangingCommandsTest {
    @TempDir
    Path folder;

    private final ServerDouble server = new ServerDouble();

    @BeforeEach
    void describe() {
        server.describedIn(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void addsAUser() {
        server.on("POST /api/v1/users", "{\"name\":\"carol\"}");
        Typed typed = Typed.in(folder, "users", "add", "carol", "--nickname", "小红", "--phone", "13800138000");
        assertThat(typed.out()).contains("carol added", "--as carol");
        assertThat(server.lastAsked().text())
                .isEqualTo("{\"name\":\"carol\",\"nickname\":\"小红\",\"phone\":\"13800138000\"}");
        assertThat(Typed.in(folder, "users", "add", "carol", "--json").out()).isEqualTo("{\"name\":\"carol\"}\n");
        assertThat(server.lastAsked().text()).isEqualTo("{\"name\":\"carol\"}");
    }

    @Test
    void addsAnAppWithTheSecretFromStandardInput() {
        server.on("PUT /api/v1/apps/wx2222222222222222", "{\"id\":\"wx2222222222222222\"}");
        Typed typed = Typed.in(
                folder, Map.of(), "s3cret\n", "apps", "add", "wx2222222222222222", "--kind", "official_account");
        assertThat(typed.exitCode()).isZero();
        assertThat(typed.out()).doesNotContain("s3cret");
        assertThat(server.lastAsked().text()).isEqualTo("{\"secret\":\"s3cret\",\"kind\":\"OFFICIAL_ACCOUNT\"}");
    }

    @Test
    void refusesAnEmptySecret() {
        Typed typed = Typed.in(folder, "apps", "add", "wx2222222222222222");
        assertThat(typed.exitCode()).isEqualTo(2);
        assertThat(typed.err()).contains("secret is empty", "< secret.txt");
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void addsAnEnvironment() {
        server.on("PUT /api/v1/environments/prod-02", "{\"id\":\"prod-02\",\"app\":\"wx2222222222222222\"}");
        assertThat(Typed.in(folder, "envs", "add", "prod-02", "--app", "wx2222222222222222")
                        .out())
                .contains("prod-02 added");
        assertThat(server.lastAsked().text()).isEqualTo("{\"app\":\"wx2222222222222222\"}");
    }

    @Test
    void grantsAndRevokes() {
        String grant = "/api/v1/environments/prod-01/grants/wx2222222222222222";
        server.on("PUT " + grant, "{\"env\":\"prod-01\"}").on("DELETE " + grant, "{\"env\":\"prod-01\"}");
        assertThat(Typed.in(folder, "grant", "wx2222222222222222").out()).contains("may now call");
        assertThat(server.lastAsked().method()).isEqualTo("PUT");
        assertThat(Typed.in(folder, "grant", "wx2222222222222222", "--revoke").out())
                .contains("may no longer call");
        assertThat(server.lastAsked().method()).isEqualTo("DELETE");
    }

    @Test
    void namesTheRequestOfADefectInTheServer() {
        server.on("POST /api/v1/users", asked -> ServerDouble.refusal(500, "UNEXPECTED", "It broke.", "Report it."));
        Typed typed = Typed.in(folder, "users", "add", "carol");
        assertThat(typed.exitCode()).isEqualTo(1);
        assertThat(typed.err()).isEqualTo("error: It broke. (request r-1)\n  → Report it.\n");
    }
}
