package dev.berth.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** One life of {@code ./berth serve} with the simulator on. */
final class KillableServer {
    private final Folder folder;
    private final Running process;
    private final long began = System.nanoTime();
    private volatile boolean killed;

    private KillableServer(Folder folder, Running process) {
        this.folder = folder;
        this.process = process;
    }

    static KillableServer start(Folder folder) {
        Path config = folder.path().resolve("server.yaml");
        try {
            Files.writeString(config, "simulator: {enabled: true, accept-unknown-codes: true}\n");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return new KillableServer(folder, folder.start("serve", "--config", config.toString()));
    }

    /** Milliseconds from the command to readiness. */
    long awaitReady() {
        await().pollDelay(Duration.ofMillis(20))
                .pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofSeconds(60))
                .until(() -> process.out().contains("}") || !process.process().isAlive());
        assertThat(process.out()).as(process.err()).contains("}");
        return Duration.ofNanos(System.nanoTime() - began).toMillis();
    }

    URI door(String name) {
        String out = process.out();
        JsonNode doors = Json.parse(out.substring(out.indexOf('{')));
        return URI.create(doors.required(name).asText());
    }

    Management management() {
        return Management.of(folder, door("management"));
    }

    Caller signIn(String app, String user) {
        return Caller.signedIn(door("gateway"), door("simulator"), app, user);
    }

    /** {@code kill -9}. */
    void kill() {
        killed = true;
        process.process().destroyForcibly();
        process.await(20);
    }

    boolean killed() {
        return killed;
    }

    /** As Ctrl-C does. */
    Ran stop() {
        killed = true;
        process.process().destroy();
        return process.await(30);
    }

    Ran ended(long seconds) {
        return process.await(seconds);
    }

    ProcessHandle handle() {
        return process.process().toHandle();
    }
}
