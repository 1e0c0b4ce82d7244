package dev.berth.hosting;

import static dev.berth.hosting.Calls.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.core.InstanceRuntime.Exit;
import dev.berth.core.Scale;
import dev.berth.core.Version;
import dev.berth.hosting.FakeRuntime.FakeInstance;
import dev.berth.logs.Log;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who follows the log of a service follows all its instances, those to come included. */
@Timeout(60)
@Tag("HO-37")
class FollowedLogTest {
    private static final int LINES = 3000;

    @TempDir
    Path data;

    private final List<String> seen = new CopyOnWriteArrayList<>();
    private ActivatorRoom room;

    @BeforeEach
    void open() throws IOException {
        room = new ActivatorRoom(data);
    }

    @AfterEach
    void close() {
        room.close();
    }

    private static void write(FakeInstance instance, String text) {
        instance.request.log().accept(text);
    }

    private void awaitSeen(FakeInstance instance, String text) {
        String end = " " + instance.request.instanceId() + " " + text;
        await().until(() -> seen.stream().anyMatch(line -> line.endsWith(end)));
    }

    @Test
    void aFollowerSeesLaterInstancesAndSuccessors() throws Exception {
        Version version = room.version(1, new Scale(0, 2));
        try (Log.Following _ = room.logs.of("prod-01", "demo").follow(0, seen::add)) {
            FakeInstance first = room.runtime.of(call(room.activator, version).lease());
            write(first, "I am the first");
            awaitSeen(first, "I am the first");
            first.exit(new Exit(1, "exit code 1"));
            awaitSeen(first, "[berth] exited: exit code 1");

            FakeInstance successor =
                    room.runtime.of(call(room.activator, version).lease());
            write(successor, "I come after");
            awaitSeen(successor, "I come after");

            Version next = room.version(2);
            room.activator.releaseMoved("prod-01", "demo", () -> List.of(next));
            FakeInstance ofNext = room.runtime.of(call(room.activator, next).lease());
            write(ofNext, "I am the next version");
            awaitSeen(ofNext, "I am the next version");
        }
    }

    @Test
    void theLinesOfTwoInstancesInterleaveWholeAcrossRotations() throws Exception {
        Version version = room.version(1, new Scale(2, 2));
        room.activator.releaseMoved("prod-01", "demo", () -> List.of(version));
        await().until(() -> room.runtime.started.size() == 2);
        List<FakeInstance> both = List.copyOf(room.runtime.started);
        String filler =
                "x".repeat(300); // 2 x 3000 lines of more than 300 bytes: the file of 1 MiB is full once at least

        try (Log.Following _ = room.logs.of("prod-01", "demo").follow(0, seen::add)) {
            List<Thread> writers = new ArrayList<>();
            for (FakeInstance instance : both) {
                writers.add(Thread.ofPlatform()
                        .start(() -> IntStream.range(0, LINES).forEach(i -> write(instance, i + " " + filler))));
            }
            for (Thread writer : writers) {
                writer.join();
            }
            both.forEach(instance -> awaitSeen(instance, (LINES - 1) + " " + filler));
        }
        assertThat(data.resolve("logs/prod-01/demo.log.1")).exists();
        for (FakeInstance instance : both) {
            String id = " " + instance.request.instanceId() + " ";
            assertThat(seen.stream()
                            .filter(line -> line.contains(id) && line.endsWith(filler))
                            .map(line -> line.substring(line.indexOf(id) + id.length())))
                    .containsExactlyElementsOf(IntStream.range(0, LINES)
                            .mapToObj(i -> i + " " + filler)
                            .toList());
        }
    }
}
