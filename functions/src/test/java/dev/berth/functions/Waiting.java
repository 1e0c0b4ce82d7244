package dev.berth.functions;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** An invocation of a function that runs until the test lets it go. */
final class Waiting {
    /** Tells its environment in a file, waits for another, and returns its process. */
    static final String CODE = """
            const fs = require('fs')
            exports.main = async ({ begun, go }) => {
              fs.writeFileSync(begun + '.new', JSON.stringify(process.env))
              fs.renameSync(begun + '.new', begun)
              while (!fs.existsSync(go)) await new Promise((done) => setTimeout(done, 5))
              return { pid: process.pid }
            }
            """;

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private final Path begun;
    private final Path go;

    Waiting(Path folder) {
        int number = NUMBER.incrementAndGet();
        begun = folder.resolve("begun-" + number);
        go = folder.resolve("go-" + number);
    }

    String event() {
        return "{\"begun\":%s,\"go\":%s}".formatted(RawJson.quoted(begun.toString()), RawJson.quoted(go.toString()));
    }

    Path begun() {
        return begun;
    }

    void awaitBegun() {
        await().until(() -> Files.exists(begun));
    }

    void release() {
        try {
            Files.createFile(go);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
