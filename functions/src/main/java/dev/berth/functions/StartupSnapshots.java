package dev.berth.functions;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Start-up snapshots of Node, one for each set of options of V8, with which hosts start faster; {@code snapshot.cjs} says
 * why. They are made anew after a start of the server, since Node may be another one then. Without them hosts are slower,
 * and nothing else. Thread-safe.
 */
final class StartupSnapshots implements AutoCloseable {
    private static final Logger LOG = System.getLogger(StartupSnapshots.class.getName());
    private static final int MADE_WITHIN_SECONDS = 20;
    private static final int SAID_BYTES = 1024;

    private final Path folder;
    private final HostScript script;
    private final AtomicInteger files = new AtomicInteger();
    private final Set<List<String>> begun = ConcurrentHashMap.newKeySet();
    private final Map<List<String>, Path> made = new ConcurrentHashMap<>();
    private final ExecutorService making = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("snapshot").factory());

    /** @param folder used by nothing else; made when it is needed, what an older server left there is overwritten */
    StartupSnapshots(Path folder, HostScript script) {
        this.folder = folder;
        this.script = script;
    }

    /** The one for hosts with these options, if it is there already. */
    Optional<Path> of(List<String> nodeOptions) {
        return Optional.ofNullable(made.get(nodeOptions));
    }

    /** Begins to make one for these options, unless that was begun before. Returns at once. */
    void prepare(List<String> nodeOptions) {
        if (begun.add(List.copyOf(nodeOptions))) {
            making.execute(() -> make(nodeOptions));
        }
    }

    /** No host started from it: Node has become another one, perhaps. It is not made again. */
    void drop(List<String> nodeOptions, String why) {
        if (made.remove(nodeOptions) != null) {
            LOG.log(
                    Level.WARNING,
                    "Hosts with {0} start without a snapshot until the server starts again: {1}",
                    String.join(" ", nodeOptions),
                    why);
        }
    }

    /** Gives up those that are being made; nothing is left of them then. */
    @Override
    public void close() {
        making.shutdownNow();
        making.close();
    }

    private void make(List<String> nodeOptions) {
        try {
            Path file = Files.createDirectories(folder).resolve("snapshot-" + files.incrementAndGet());
            Path whole = file.resolveSibling(file.getFileName() + ".new");
            run(script.snapshotCommand(nodeOptions, whole));
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            made.put(List.copyOf(nodeOptions), file);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "Hosts with {0} start without a snapshot: {1}", String.join(" ", nodeOptions), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove("NODE_OPTIONS"); // those of the server, if it has any, are not its hosts'
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(MADE_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("node did not finish it within %d s".formatted(MADE_WITHIN_SECONDS));
            }
            if (process.exitValue() != 0) {
                byte[] said = process.getInputStream().readNBytes(SAID_BYTES);
                throw new IOException("node failed: " + new String(said, StandardCharsets.UTF_8).strip());
            }
        } finally {
            process.destroyForcibly();
        }
    }
}
