package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ShutdownTest {
    @TempDir
    private Path data;

    @Test
    void askingForTheEndIsAnsweredAndThenTold() throws Exception {
        try (ServerFixture server = ServerFixture.start(data)) {
            assertThat(server.server().shutdownAsked()).isNotDone();

            Reply reply = server.send("POST", "/api/v1/shutdown", "");

            assertThat(reply.json()).isEqualTo(new JsonObject().put("stopping", true));
            server.server().shutdownAsked().get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void theServerMayBeClosedByWhoIsTold() throws Exception {
        try (ServerFixture server = ServerFixture.start(data)) {
            var closed = server.server().shutdownAsked().thenRun(server.server()::close);

            server.send("POST", "/api/v1/shutdown", "");

            closed.get(30, TimeUnit.SECONDS);
            assertThat(data.resolve("server.json")).doesNotExist();
        }
    }

    @Test
    void closingTwiceIsClosingOnce() throws Exception {
        ServerFixture server = ServerFixture.start(data);

        server.close();
        server.close();

        ServerFixture.start(data).close();
    }
}
