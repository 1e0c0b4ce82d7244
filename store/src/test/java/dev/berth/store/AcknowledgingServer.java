package dev.berth.store;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Writes for ever and says each change once it is acknowledged, a line each with a full stop at its end. Killed by
 * {@link KillTest}.
 */
final class AcknowledgingServer {
    private AcknowledgingServer() {}

    /** @param arguments folder, and a prefix for session ids */
    public static void main(String[] arguments) throws InterruptedException {
        Store store = Samples.open(Path.of(arguments[0]));
        Samples.fill(store);
        AtomicInteger sessions = new AtomicInteger();
        Thread deploying = Thread.ofPlatform().start(() -> {
            while (true) {
                var id = store.registry().reserveVersion(Samples.ENVIRONMENT.id(), Samples.SERVICE.name());
                say("reserved " + id.number());
                store.registry().addAndRelease(Samples.version(id));
                say("released " + id.number());
            }
        });
        Thread signingIn = Thread.ofPlatform().start(() -> {
            while (true) {
                String id = arguments[1] + "-" + sessions.incrementAndGet();
                store.sessions()
                        .add(Samples.session(id), "key")
                        .toCompletableFuture()
                        .join();
                say("session " + id);
            }
        });
        deploying.join();
        signingIn.join();
    }

    private static void say(String line) {
        PrintStream out = System.out;
        synchronized (out) {
            out.print(line + ".\n");
            out.flush();
        }
    }
}
