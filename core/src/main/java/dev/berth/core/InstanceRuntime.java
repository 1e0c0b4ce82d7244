package dev.berth.core;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Port: how an instance is started, watched and stopped. Methods block; call them from virtual threads. */
public interface InstanceRuntime extends AutoCloseable {
    /**
     * Makes the next start of these files quick, for example by a copy made ahead. Optional, repeatable, and undone by
     * {@link #discard}.
     */
    void prepare(Path files);

    /** Drops what was prepared for these files, because their version is gone. */
    void discard(Path files);

    /**
     * Starts an instance and waits until it is ready: until its port accepts a connection (HO-35).
     *
     * @throws BerthException {@code START_FAILED}, {@code EXITED_BEFORE_READY} or {@code PORT_NEVER_OPENED}; nothing of
     *     the instance is left then
     */
    Instance start(Request request);

    /** Stops every instance and waits for the end of all. */
    @Override
    void close();

    /**
     * @param instanceId unique among all instances, usable as a file name
     * @param files of the version; never changed by an instance
     * @param command program and arguments
     * @param variables the whole environment except {@code PATH HOME LANG TMPDIR PORT SERVER_PORT}, over which they win
     * @param port fixed, or empty for a free one in {@code PORT}
     * @param readyWithin how long the port may take to open
     * @param log receives every line of standard output and error, without line end, on one thread at a time
     */
    record Request(
            String instanceId,
            Path files,
            List<String> command,
            Map<String, String> variables,
            OptionalInt port,
            Duration readyWithin,
            Consumer<String> log) {
        public Request {
            command = List.copyOf(command);
            variables = Map.copyOf(variables);
        }
    }

    /** A running instance. */
    interface Instance {
        Endpoint endpoint();

        long pid();

        /** Completes when the instance has ended for whatever reason, and nothing of it is left. */
        CompletionStage<Exit> exited();

        /** What it uses at this moment, all its processes together; empty if unknown, or when it has ended. */
        default Optional<Usage> usage() {
            return Optional.empty();
        }

        /** Asks to end, waits for {@code grace}, then kills the whole process group. Returns at once. */
        void stop(Duration grace);
    }

    /**
     * @param cpuTime used since the start, on all cores together
     * @param residentBytes of memory
     */
    record Usage(Duration cpuTime, long residentBytes) {}

    /** @param description for people: {@code exit code 1}, {@code killed by SIGKILL} */
    record Exit(int code, String description) {}
}
