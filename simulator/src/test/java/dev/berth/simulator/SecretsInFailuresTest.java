package dev.berth.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A failed statement is logged with its causes; what was bound to it is not. */
class SecretsInFailuresTest {
    @Test
    void argumentsAreNotTold(@TempDir Path folder) {
        Vertx vertx = Vertx.vertx();
        try {
            Database database = Database.open(vertx, folder.resolve("simulator.db"));
            Throwable failure = catchThrowable(() -> database.inTransaction(
                            handle -> handle.execute("INSERT INTO missing (secret) VALUES (?)", "s3cret"))
                    .await());
            database.close().await();

            StringWriter logged = new StringWriter();
            failure.printStackTrace(new PrintWriter(logged));
            assertThat(logged.toString()).contains("no such table: missing").doesNotContain("s3cret");
        } finally {
            vertx.close().await();
        }
    }
}
