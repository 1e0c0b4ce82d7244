package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeployCommandTest {
    private static final String VERSIONS = "POST /api/v1/environments/prod-01/services/whoami/versions";
    private static final String DEPLOYED = """
            {"progress":"npm ci"}
            {"progress":"started"}
            {"deployed":{"service":"whoami","version":"whoami-001","changed":true,"launch":"node server.js","origin":"package.json scripts.start"}}
            """;

    @TempDir
    Path folder;

    private final ServerDouble server = new ServerDouble();
    private Path source;

    @BeforeEach
    void prepare() throws Exception {
        server.describedIn(folder).on("GET /api/v1/environments/prod-01/services", "{\"services\":[]}");
        server.on(VERSIONS, DEPLOYED);
        source = Files.createDirectory(folder.resolve("whoami"));
        write("server.js", "console.log(1)");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void tellsProgressAndWhatCameOfIt() {
        Typed typed = Typed.in(folder, "deploy", "whoami");
        assertThat(typed.err()).isEmpty();
        assertThat(typed.exitCode()).isZero();
        assertThat(typed.out())
                .isEqualTo("npm ci\nstarted\nwhoami-001 deployed (node server.js, from package.json scripts.start)\n");
        assertThat(server.lastAsked().headers().getFirst("Content-Type")).isEqualTo("application/x-tar");
    }

    @Test
    void saysThatNothingChanged() {
        server.on(VERSIONS, "{\"deployed\":{\"version\":\"whoami-001\",\"changed\":false}}");
        assertThat(Typed.in(source, "deploy", ".").out()).isEqualTo("unchanged: still whoami-001\n");
    }

    @Test
    void answersOneLineOfJson() {
        Typed typed = Typed.in(folder, "deploy", "whoami", "--json");
        assertThat(typed.out().lines()).hasSize(1);
        assertThat(Json.readOrMissing(typed.out())
                        .path("deployed")
                        .path("version")
                        .asText())
                .isEqualTo("whoami-001");
    }

    @Test
    void handsTheOptionsOn() {
        server.on("GET /api/v1/environments/e2/services", "{}")
                .on("POST /api/v1/environments/e2/services/api/versions", DEPLOYED);
        Typed.in(
                folder,
                ("deploy whoami --env e2 --name api --port 8080 --idle 30m --min 1 --max 3 --set A=b=c --set B= "
                                + "--access miniapp,PUBLIC --no-install")
                        .split(" "));
        assertThat(server.lastAsked().path())
                .isEqualTo("/api/v1/environments/e2/services/api/versions?install=false&port=8080&idle=30m&min=1&max=3"
                        + "&access=MINIAPP%2CPUBLIC&env=A%3Db%3Dc&env=B%3D");
        Typed.in(folder, "deploy", "whoami", "--command", "node a.js & echo 好");
        assertThat(server.lastAsked().path()).endsWith("?install=true&command=node%20a.js%20%26%20echo%20%E5%A5%BD");
    }

    @Test
    void failsAsTheServerSays() {
        server.on(VERSIONS, """
                {"progress":"npm ci"}
                {"error":{"code":"START_FAILED","component":"hosting","message":"It does not listen on 8080.","hint":"Use --port."}}
                """);
        Typed typed = Typed.in(folder, "deploy", "whoami");
        assertThat(typed.exitCode()).isEqualTo(1);
        assertThat(typed.out()).isEqualTo("npm ci\n");
        assertThat(typed.err()).isEqualTo("error: It does not listen on 8080.\n  → Use --port.\n");
    }

    @Test
    void anAnswerThatBreaksOffIsNoSuccess() {
        server.on(VERSIONS, "{\"progress\":\"npm ci\"}\n");
        Typed typed = Typed.in(folder, "deploy", "whoami");
        assertThat(typed.exitCode()).isEqualTo(1);
        assertThat(typed.err()).contains("ended before the deployment did");
    }

    @Test
    void aRefusedEnvironmentIsToldBeforeTheFolderIsSent() {
        server.on(
                "GET /api/v1/environments/nope/services",
                asked -> ServerDouble.refusal(404, "ENVIRONMENT_UNKNOWN", "environment: nope", "Add it."));
        assertThat(Typed.in(folder, "deploy", "whoami", "--env", "nope").err()).startsWith("error: environment: nope");
        assertThat(server.asked()).noneMatch(request -> request.method().equals("POST"));
    }

    @Test
    void packsModesLinksEmptyFoldersAndForeignNames() throws Exception {
        write("run.sh", "#!/bin/sh");
        Files.setPosixFilePermissions(source.resolve("run.sh"), PosixFilePermissions.fromString("rwxr-x---"));
        Files.createSymbolicLink(source.resolve("current"), Path.of("server.js"));
        Files.createSymbolicLink(source.resolve("absolute"), source.toRealPath().resolve("server.js"));
        Files.createDirectories(source.resolve("empty"));
        write("一/" + "长".repeat(60) + ".txt", "长");
        write(".git/HEAD", "x");
        write("sub/.git", "gitdir: x");
        write(".berth/token", "x");
        write(".dockerignore", "*.log\nnode_modules\n!node_modules/kept\n");
        write("a.log", "x");
        write("node_modules/kept/i.js", "kept");
        write("node_modules/dropped/i.js", "x");

        Map<String, String> sent = sent();

        assertThat(sent)
                .doesNotContainKeys("a.log", ".git/", ".git/HEAD", "sub/.git", ".berth/", "node_modules/dropped/i.js");
        assertThat(sent)
                .containsEntry("run.sh", "750 #!/bin/sh")
                .containsEntry("current", "-> server.js")
                .containsEntry("absolute", "-> server.js")
                .containsKeys("empty/", "一/", ".dockerignore")
                .containsEntry("node_modules/kept/i.js", "644 kept")
                .containsEntry("一/" + "长".repeat(60) + ".txt", "644 长");
    }

    @Test
    void refusesALinkThatLeadsOut() throws Exception {
        Files.createSymbolicLink(source.resolve("out"), Path.of("../secret"));
        Typed typed = Typed.in(folder, "deploy", "whoami");
        assertThat(typed.exitCode()).isEqualTo(1);
        assertThat(typed.err()).contains("out is a link to ../secret", ".dockerignore: out");
        assertThat(server.asked()).noneMatch(request -> request.method().equals("POST"));
    }

    @Test
    void streamsAFolderThatIsLargerThanThePipe() throws Exception {
        byte[] big = new byte[3_000_000];
        Files.write(source.resolve("big.bin"), big);
        assertThat(Typed.in(folder, "deploy", "whoami").exitCode()).isZero();
        assertThat(server.lastAsked().body()).hasSizeGreaterThan(big.length);
    }

    @Test
    void aFileThatCannotBePackedBreaksTheStream() throws Exception {
        List<FolderEntry> entries = List.of(
                new FolderEntry.File(source.resolve("server.js"), "server.js"),
                new FolderEntry.File(source.resolve("vanished"), "vanished"));
        try (InputStream tar = PackingStream.of(entries)) {
            assertThatThrownBy(tar::readAllBytes)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("vanished");
        }
    }

    private Map<String, String> sent() throws IOException {
        assertThat(Typed.in(folder, "deploy", "whoami").err()).isEmpty();
        Map<String, String> entries = new TreeMap<>();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(
                new ByteArrayInputStream(server.lastAsked().body()))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                String mode = Integer.toOctalString(entry.getMode() & 0777) + " ";
                String text = new String(tar.readAllBytes(), StandardCharsets.UTF_8);
                entries.put(entry.getName(), entry.isSymbolicLink() ? "-> " + entry.getLinkName() : mode + text);
            }
        }
        return entries;
    }

    private void write(String name, String text) {
        try {
            Path file = source.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
