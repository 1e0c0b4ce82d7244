package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerSearchTest {
    @TempDir
    Path folder;

    @Test
    void findsTheNearestServerUpward() throws Exception {
        Path below = Files.createDirectories(folder.resolve("a/b/c"));
        try (ServerDouble far = new ServerDouble().describedIn(folder);
                ServerDouble near = new ServerDouble().describedIn(folder.resolve("a"))) {
            assertThat(Typed.in(below, "status").exitCode()).isZero();
            assertThat(near.asked()).isNotEmpty();
            assertThat(far.asked()).isEmpty();
        }
    }

    @Test
    void looksWhereBerthDataSaysAndNowhereElse() throws Exception {
        try (ServerDouble here = new ServerDouble().describedIn(folder);
                ServerDouble there = new ServerDouble().describedIn(folder.resolve("there"))) {
            Map<String, String> set = Map.of("BERTH_DATA", "there/.berth");
            assertThat(Typed.in(folder, set, "", "status").exitCode()).isZero();
            assertThat(there.asked()).isNotEmpty();

            Typed nothing = Typed.in(folder, Map.of("BERTH_DATA", "/nowhere"), "", "status");
            assertThat(nothing.exitCode()).isEqualTo(1);
            assertThat(nothing.err()).contains("BERTH_DATA is /nowhere");
            assertThat(here.asked()).isEmpty();
        }
    }

    @Test
    void saysThatNoServerRunsHere() {
        Typed typed = Typed.in(folder, "services");
        assertThat(typed.exitCode()).isEqualTo(1);
        assertThat(typed.out()).isEmpty();
        assertThat(typed.err())
                .startsWith("error: No Berth server is running here")
                .endsWith("  → Start one with: ./berth up\n");
    }

    @Test
    void saysThatTheServerIsGoneWhenNobodyListens() {
        new ServerDouble().describedIn(folder).close();
        Typed typed = Typed.in(folder, "status");
        assertThat(typed.exitCode()).isEqualTo(1);
        assertThat(typed.err()).contains("No Berth server is running here", "nothing listens there", "./berth up");
    }

    @Test
    void namesWhatIsMissingInServerJson() throws Exception {
        Files.createDirectory(folder.resolve(".berth"));
        Files.writeString(folder.resolve(".berth/server.json"), "{\"pid\":1}");
        assertThat(Typed.in(folder, "status").err()).contains("server.json", "data", "doors.management");
    }

    @Test
    void saysThatTheTokenCannotBeRead() throws Exception {
        try (ServerDouble server = new ServerDouble().describedIn(folder)) {
            Files.delete(folder.resolve(".berth/token"));
            Typed typed = Typed.in(folder, "status");
            assertThat(typed.exitCode()).isEqualTo(1);
            assertThat(typed.err()).contains("token", "as the user who started the server");
            assertThat(server.asked()).isEmpty();
        }
    }

    @Test
    void showsARefusalWithItsHint() throws Exception {
        try (ServerDouble server = new ServerDouble().describedIn(folder)) {
            Files.writeString(folder.resolve(".berth/token"), "another");
            Typed typed = Typed.in(folder, "status");
            assertThat(server.asked()).hasSize(1);
            assertThat(typed.exitCode()).isEqualTo(1);
            assertThat(typed.err()).isEqualTo("error: The token is not this server's.\n  → Look into .berth/token.\n");
        }
    }

    @Test
    void doubtsAnAnswerThatIsNotJson() {
        try (ServerDouble server = new ServerDouble().describedIn(folder).on("GET /api/v1/apps", "<html>")) {
            assertThat(server).isNotNull();
            assertThat(Typed.in(folder, "apps").err()).contains("not JSON: <html>", "Is this really Berth");
        }
    }
}
