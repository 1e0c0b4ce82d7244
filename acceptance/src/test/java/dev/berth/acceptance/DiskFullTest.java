package dev.berth.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** The data folder on a disk without a byte left: everything says so, nothing breaks, and with space all is well again. */
class DiskFullTest {
    private static final int MEBIBYTES = 16;

    private final Folder folder = new Folder();
    private TinyDisk disk;

    @BeforeEach
    void mount() throws IOException {
        try {
            disk = TinyDisk.mountAt(folder.data(), MEBIBYTES);
        } catch (TinyDisk.NotPossible e) {
            folder.delete();
            System.out.println("LEFT OUT: DiskFullTest, because no file system can be mounted here: " + e.getMessage());
            throw new TestAbortedException("no file system can be mounted here", e);
        }
        folder.on(disk);
    }

    @AfterEach
    void unmount() {
        disk.close();
        folder.delete();
    }

    @Test
    void aRunningServerRefusesWhatItCannotKeepAndGoesOnWithSpace() throws Exception {
        KillableServer server = KillableServer.start(folder);
        try {
            server.awaitReady();
            Management management = server.management();
            management.deploy("warm", TinyService.tar("1"), TinyService.COMMAND);
            management.deploy("cold", TinyService.tar("1"), TinyService.COMMAND);
            Caller alice = server.signIn(Ledger.APP, "alice");
            assertThat(alice.get("warm", "/content").body()).isEqualTo("1");
            List<String> before = versions();
            String logBefore = log(management);

            disk.fill();
            assertThat(alice.get("warm", "/content").body()).isEqualTo("1");
            requireRefusals(server, management);
            assertThat(alice.get("cold", "/content").status()).isGreaterThanOrEqualTo(400);
            assertThat(versions()).isEqualTo(before);
            assertThat(alice.get("warm", "/content").body()).isEqualTo("1");

            disk.makeSpace();
            assertThat(alice.get("cold", "/content").body()).isEqualTo("1");
            management.deploy("warm", TinyService.tar("2"), TinyService.COMMAND);
            assertThat(alice.get("warm", "/content").body()).isEqualTo("2");
            assertThat(management.post("/users", "{\"name\":\"carol\"}").status())
                    .isEqualTo(200);
            assertThat(server.signIn(Ledger.APP, "carol")
                            .get("warm", "/content")
                            .body())
                    .isEqualTo("2");
            await().untilAsserted(() ->
                    assertThat(log(management)).startsWith(logBefore).contains("warm-002"));
        } finally {
            server.stop();
        }
        restartFindsEverything();
    }

    private static void requireRefusals(KillableServer server, Management management) {
        refused(management.tryDeploy("warm", TinyService.tar("2"), TinyService.COMMAND));
        refused(management.tryDeploy("fresh", TinyService.tar("2"), TinyService.COMMAND));
        // a database has some room of its own
        refused(untilRefused(i -> management.post("/users", "{\"name\":\"user%d\"}".formatted(i))));
        refused(untilRefused(i -> management.post("/sessions", "{\"user\":\"bob\"}")));
        refused(untilRefused(i -> management.put("/apps/wx%016d".formatted(i), "{\"secret\":\"s\"}")));
        refused(untilRefused(i -> management.put("/environments/e-" + i, "{\"app\":\"%s\"}".formatted(Ledger.APP))));
        refused(management.delete(Management.SERVICES + "/cold"));
        Answer signIn = Caller.post(
                server.door("gateway").resolve("/__berth__/sessions"),
                "{\"appid\":\"%s\",\"code\":\"of-devtools\"}".formatted(Ledger.APP));
        // by the simulator, which notes the code, or by the store, which keeps the session
        assertThat(signIn.status()).as(signIn.body()).isIn(500, 502);
        assertThat(signIn.json().path("hint").asText()).contains("server's log");
    }

    private static Answer untilRefused(IntFunction<Answer> request) {
        return IntStream.range(0, 2_000)
                .mapToObj(request)
                .filter(answer -> answer.status() != 200)
                .findFirst()
                .orElseThrow();
    }

    private static void refused(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(500);
        refused(answer.json());
    }

    private static void refused(JsonNode answer) {
        JsonNode error = answer.path("error");
        assertThat(error.path("code").asText()).as(answer.toString()).isIn("DISK_FULL", "STORAGE_FAILED");
        assertThat(error.path("message").asText()).as(answer.toString()).containsIgnoringCase("no space");
        assertThat(error.path("hint").asText()).as(answer.toString()).containsIgnoringCase("free");
    }

    private void restartFindsEverything() {
        KillableServer again = KillableServer.start(folder);
        try {
            again.awaitReady();
            assertThat(again.signIn(Ledger.APP, "carol").get("warm", "/content").body())
                    .isEqualTo("2");
            assertThat(again.management().services()).hasSize(2);
        } finally {
            again.stop();
        }
    }

    @Test
    void aServerThatCannotStartSaysWhyAndStartsWithSpace() throws Exception {
        disk.fill();
        refusesToStart("space");
        assertThat(disk.seen().resolve("berth.db")).doesNotExist();
        disk.makeSpace();
        KillableServer server = KillableServer.start(folder);
        server.awaitReady();
        server.management().deploy("warm", TinyService.tar("1"), TinyService.COMMAND);
        server.kill();

        disk.fill();
        refusesToStart("space");
        disk.makeSpace();
        KillableServer again = KillableServer.start(folder);
        try {
            again.awaitReady();
            assertThat(again.signIn(Ledger.APP, "alice").get("warm", "/content").body())
                    .isEqualTo("1");
        } finally {
            again.stop();
        }
    }

    @Test
    void aFolderThatCannotBeWrittenIsRefusedAtTheStart() throws Exception {
        KillableServer first = KillableServer.start(folder);
        first.awaitReady();
        first.stop();
        disk.remount("ro");
        refusesToStart("BERTH_DATA");
        disk.remount("rw");
        KillableServer server = KillableServer.start(folder);
        server.awaitReady();
        server.stop();
    }

    private void refusesToStart(String hint) {
        Ran refused = KillableServer.start(folder).ended(30);
        assertThat(refused.exitCode()).as(refused.err()).isEqualTo(1);
        assertThat(refused.err())
                .contains("error: ")
                .contains(folder.data().toString())
                .containsIgnoringCase(hint)
                .doesNotContain("\tat ");
    }

    private List<String> versions() throws IOException {
        try (Stream<Path> files = Files.walk(disk.seen().resolve("versions"))) {
            return files.map(Path::toString).sorted().toList();
        }
    }

    private static String log(Management management) {
        return management.get(Management.SERVICES + "/warm/logs?lines=1000").body();
    }
}
