package dev.berth.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A failed statement is logged with its causes; what was bound to it is not. */
class SecretsInFailuresTest {
    @Test
    void argumentsAreNotTold(@TempDir Path folder) {
        Path file = folder.resolve("berth.db");
        try (Lane lane = new Lane("test", 1, Sqlite.writerPool(file), file)) {
            Throwable failure = catchThrowable(
                    () -> lane.call(handle -> handle.execute("INSERT INTO missing (secret) VALUES (?)", "s3cret")));

            StringWriter logged = new StringWriter();
            failure.printStackTrace(new PrintWriter(logged));
            assertThat(logged.toString()).contains("no such table: missing").doesNotContain("s3cret");
        }
    }
}
