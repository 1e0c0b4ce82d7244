package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.BerthException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServerLogTest {
    private static final Logger ROOT = Logger.getLogger("");
    private static final ServerConfig.Logs TEXT =
            new ServerConfig.Logs(LogFormat.TEXT, DataSize.ofMebibytes(10), 2, DataSize.ofMebibytes(10));

    @TempDir
    private Path data;

    private final List<Handler> handlers = List.of(ROOT.getHandlers());
    private final PrintStream standardError = System.err;
    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();

    @BeforeEach
    void catchStandardError() {
        System.setErr(new PrintStream(seen, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void putBack() {
        System.setErr(standardError);
        removeHandlers();
        handlers.forEach(ROOT::addHandler);
    }

    @Test
    void everythingGoesToTheFileAndWarningsToStandardErrorAsWell() throws Exception {
        open();

        Logger.getLogger("dev.berth.Some").info("door open");
        Logger.getLogger("dev.berth.Some").warning("door stuck");
        Logger.getLogger("dev.berth.Some").fine("hinge squeaks");

        assertThat(written()).contains(" INFO Some: door open\n").contains(" WARNING Some: door stuck\n");
        assertThat(written()).doesNotContain("squeaks");
        flush();
        assertThat(seen.toString(StandardCharsets.UTF_8)).contains("door stuck").doesNotContain("door open");
    }

    @Test
    void aFailureIsWrittenWithItsCauses() throws Exception {
        open();

        Logger.getLogger("x").log(Level.SEVERE, "broken", new IOException("outer", new IOException("inner")));

        assertThat(written())
                .contains("    java.io.IOException: outer\n")
                .contains("    java.io.IOException: inner\n")
                .contains("        at ");
    }

    @Test
    void aRecordNeverLooksLikeTwo() throws Exception {
        open();

        Logger.getLogger("x").log(Level.SEVERE, "first\n2026-01-01T00:00:00Z INFO x: forged", new IOException("a\nb"));

        assertThat(written().lines().filter(line -> !line.startsWith("    "))).hasSize(1);
    }

    @Test
    void thePoolAndTheMigrationsAreQuietUntilTheyWarn() throws Exception {
        open();
        System.gc(); // loggers that nobody holds forget their level

        Logger.getLogger("com.zaxxer.hikari.HikariDataSource").info("pool starting");
        Logger.getLogger("org.flywaydb.core.Flyway").info("migrating");
        Logger.getLogger("com.zaxxer.hikari.HikariDataSource").warning("pool starving");

        assertThat(written())
                .contains("pool starving")
                .doesNotContain("pool starting")
                .doesNotContain("migrating");
    }

    @Test
    void theNewestFileIsAlwaysServerLog() throws Exception {
        ServerLog.open(
                data,
                new ServerConfig.Logs(
                        LogFormat.TEXT, DataSize.parse("64KiB").orElseThrow(), 2, DataSize.ofMebibytes(1)));

        for (int i = 0; i < 100; i++) {
            Logger.getLogger("x").info("line " + i + "x".repeat(1_000));
        }
        flush();

        String older = Files.readString(data.resolve("logs/server.1.log"));
        assertThat(older + written()).contains(" line 99x");
        assertThat(older).contains("line 60x").doesNotContain("line 99x");
        assertThat(data.resolve("logs/server.log").toRealPath()).endsWith(Path.of("server.0.log"));
        try (var files = Files.list(data.resolve("logs"))) {
            assertThat(files.filter(file -> !file.toString().endsWith(".lck"))
                            .map(Path::getFileName)
                            .map(Path::toString))
                    .containsExactlyInAnyOrder("server.log", "server.0.log", "server.1.log");
        }
    }

    @Test
    void aRestartGoesOnWhereTheLastEnded() throws Exception {
        open();
        Logger.getLogger("x").info("before");
        removeHandlers();

        open();
        Logger.getLogger("x").info("after");

        assertThat(written()).containsSubsequence("before", "after");
    }

    @Test
    void aFolderThatCannotBeOneIsToldSo() throws Exception {
        Path file = Files.writeString(data.resolve("file"), "in the way");

        assertThatThrownBy(() -> ServerLog.open(file, TEXT))
                .isInstanceOfSatisfying(
                        BerthException.class,
                        e -> assertThat(e.problem().code()).isEqualTo("DATA_UNUSABLE"));
    }

    private void open() {
        ServerLog.open(data, TEXT);
    }

    private static void flush() {
        List.of(ROOT.getHandlers()).forEach(Handler::flush);
    }

    private String written() throws IOException {
        flush();
        return Files.readString(data.resolve("logs/server.log"));
    }

    private static void removeHandlers() {
        for (Handler handler : ROOT.getHandlers()) {
            ROOT.removeHandler(handler);
            handler.close();
        }
    }
}
