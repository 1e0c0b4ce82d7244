package dev.berth.hosting;

import dev.berth.core.BerthException;
import dev.berth.core.Problem;
import dev.berth.core.Version;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each test has an activator of its own, over a fake runtime. */
@Timeout(60)
abstract class ActivatorTest {
    @TempDir
    Path data;

    ActivatorRoom room;
    ServiceActivator activator;
    FakeRuntime runtime;

    @BeforeEach
    void open() throws IOException {
        room = new ActivatorRoom(data);
        activator = room.activator;
        runtime = room.runtime;
    }

    @AfterEach
    void close() {
        room.close();
    }

    PoolCount count(Version version) {
        return room.count(version);
    }

    static BerthException refusal(String code) {
        return new BerthException(new Problem(code, "runtime-process", "said " + code, "Look."));
    }
}
