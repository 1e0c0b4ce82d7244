package dev.berth.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Starts that cannot be: what was wrong, what was expected, what to do. */
class StartingTest {
    @Test
    void aPortThatIsTaken() throws IOException {
        Folder folder = new Folder();
        try (ServerSocket taken = Ports.taken()) {
            String port = String.valueOf(taken.getLocalPort());
            Ran up = folder.with("BERTH_GATEWAY_PORT", port).berth("up");
            assertThat(up.exitCode()).isNotZero();
            assertThat(up.err()).contains(port).contains("→");
            Ran detached = folder.berth("up", "--detach");
            assertThat(detached.exitCode()).isNotZero();
            assertThat(detached.err()).contains(port);
        }
        assertThat(Processes.naming(folder.path())).isEmpty();
        folder.delete();
    }

    @Test
    void twoServersOnOneDataFolder() {
        try (Platform platform = new Platform("echo").up()) {
            Ran second = platform.berth("up", "--detach");
            assertThat(second.exitCode()).isNotZero();
            assertThat(second.err())
                    .contains(platform.folder().data().toString())
                    .contains("in use")
                    .contains("berth down");
            assertThat(platform.as("alice").get("echo", "/").status()).isEqualTo(200);
        }
    }

    @Test
    void aServiceThatCannotBeDeployedIsToldAndTheOthersStayUp() throws IOException {
        Folder folder = new Folder();
        Path broken = Files.createDirectories(folder.path().resolve("broken"));
        Files.writeString(broken.resolve("readme"), "nothing to start");
        try {
            Ran up = folder.berth(
                    "up", "--detach", broken.toString(), Folder.service("echo").toString());

            assertThat(up.exitCode()).isEqualTo(1);
            assertThat(up.err()).contains("How to start this service is not known");
            assertThat(up.out().strip().lines().toList().getLast())
                    .contains("Not deployed: " + broken)
                    .contains("./berth down");
            assertThat(folder.berth("services").ok().out()).contains("echo-001").doesNotContain("broken");

            folder.berth("down").ok();
            Ran json = folder.berth("up", "--detach", "--json", broken.toString());
            assertThat(json.exitCode()).isEqualTo(1);
            assertThat(json.err()).contains("Not deployed: " + broken).contains("./berth down");
            assertThat(Json.parse(json.out()).path("doors").path("gateway").asText())
                    .startsWith("http://");
        } finally {
            folder.berth("down");
        }
        folder.delete();
    }

    @Test
    void commandsWithoutAServerSayHowToStartOne() {
        Folder folder = new Folder();
        Ran status = folder.berth("status");
        assertThat(status.exitCode()).isEqualTo(1);
        assertThat(status.err()).contains("./berth up");
        assertThat(folder.berth("down").exitCode()).isZero();
        folder.delete();
    }

    @Test
    void aMisspeltKeyStopsTheStart() throws IOException {
        Folder folder = new Folder();
        Path file = Files.writeString(folder.path().resolve("server.yaml"), "gatway: {port: 0}\n");
        Ran serve = folder.berth("serve", "--config", file.toString());
        assertThat(serve.exitCode()).isNotZero();
        assertThat(serve.err()).contains("gatway").contains("gateway");
        folder.delete();
    }

    @Test
    @Tag("CH-139")
    void oneKeyChangesWhichWeChatIsAsked() throws IOException {
        try (Platform other = new Platform("echo").up();
                Platform served = new Platform()) {
            Path file = Files.writeString(
                    served.folder().path().resolve("server.yaml"),
                    "wechat: {base-url: '%s'}\n".formatted(other.door("simulator")));
            served.serve(file);
            served.folder()
                    .berthWithInput("not-its-secret\n", "apps", "add", "wx3333333333333333")
                    .ok();
            Answer refused = Caller.post(
                    served.door("gateway").resolve("/__berth__/sessions"),
                    "{\"appid\":\"wx3333333333333333\",\"code\":\"made-up\"}");
            assertThat(refused.body()).doesNotContain("\"session\"");

            other.folder()
                    .berthWithInput("its-secret\n", "apps", "add", "wx3333333333333333")
                    .ok();
            served.folder()
                    .berthWithInput("its-secret\n", "apps", "add", "wx3333333333333333")
                    .ok();
            Caller alice =
                    Caller.signedIn(served.door("gateway"), other.door("simulator"), "wx3333333333333333", "alice");
            assertThat(alice.session()).isNotEmpty();
        }
    }
}
