package dev.berth.core;

import static java.util.Objects.requireNonNull;

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
     * @throws BerthException {@code START_FAILED}, {@code EXITED_BEFORE_READY}, {@code PORT_NEVER_OPENED}, {@code
     *     PORT_IGNORED}, {@code PORT_TAKEN}, {@code PORTS_EXHAUSTED} or {@code STORAGE_FAILED}; nothing of the instance is
     *     left then
     */
    Instance start(Request request);

    /** Stops every instance and waits for the end of all. */
    @Override
    void close();

    /**
     * @param instanceId unique among all instances, usable as a file name
     * @param files of the version; never changed by an instance
     * @param command program and arguments
     * @param variables the whole environment except {@code PATH HOME LANG TMPDIR PORT SERVER_PORT}, over which they win,
     *     and what a runtime marks its instances with
     * @param port fixed, or empty for a free one in {@code PORT}
     * @param readyWithin how long the port may take to open
     * @param workplace where the program works
     * @param surroundings given as far as {@link #privateFiles} can
     * @param log receives every line of standard output and error, without line end, on one thread at a time
     */
    record Request(
            String instanceId,
            Path files,
            List<String> command,
            Map<String, String> variables,
            OptionalInt port,
            Duration readyWithin,
            Workplace workplace,
            Surroundings surroundings,
            Consumer<String> log) {
        public Request {
            command = List.copyOf(command);
            variables = Map.copyOf(variables);
            requireNonNull(workplace, "workplace is null");
            requireNonNull(surroundings, "surroundings is null");
        }

        /** In a working copy of its own. */
        public Request(
                String instanceId,
                Path files,
                List<String> command,
                Map<String, String> variables,
                OptionalInt port,
                Duration readyWithin,
                Surroundings surroundings,
                Consumer<String> log) {
            this(instanceId, files, command, variables, port, readyWithin, Workplace.OWN_COPY, surroundings, log);
        }

        /** In the machine's own surroundings. */
        public Request(
                String instanceId,
                Path files,
                List<String> command,
                Map<String, String> variables,
                OptionalInt port,
                Duration readyWithin,
                Consumer<String> log) {
            this(instanceId, files, command, variables, port, readyWithin, Surroundings.NONE, log);
        }

        /** Command and variables may be secret. */
        @Override
        public String toString() {
            return "Request[" + instanceId + "]";
        }
    }

    /** Where a program works. */
    enum Workplace {
        /** In a copy of the files, which vanishes with the instance (HO-36). */
        OWN_COPY,
        /**
         * In the files themselves, which it can only read where {@link #privateFiles} holds; its {@code TMPDIR} is its own
         * and vanishes with it (HO-55). Nothing is prepared for such starts.
         */
        IN_PLACE
    }

    /**
     * What an instance sees otherwise than the machine does, and nobody else sees.
     *
     * @param hosts addresses by host name, before those of the machine's {@code hosts} file
     * @param files readable at an absolute path; each is a folder of the machine, followed as it changes, or a file, as it is at the start
     */
    record Surroundings(Map<String, String> hosts, Map<Path, Path> files) {
        public static final Surroundings NONE = new Surroundings(Map.of(), Map.of());

        public Surroundings {
            hosts = Map.copyOf(hosts);
            files = Map.copyOf(files);
        }

        public boolean isEmpty() {
            return hosts.isEmpty() && files.isEmpty();
        }
    }

    /**
     * Whether {@link Surroundings} hold on this machine.
     *
     * @param reason for people: how, or why not
     */
    record PrivateFiles(boolean possible, String reason) {}

    /** Does not change while the runtime lives. */
    default PrivateFiles privateFiles() {
        return new PrivateFiles(false, "this runtime gives instances no files of their own");
    }

    /** A running instance. */
    interface Instance {
        Endpoint endpoint();

        long pid();

        /** Completes when the instance has ended for whatever reason, and nothing of it is left. */
        CompletionStage<Exit> exited();

        /** What it uses, as seen within the last second. */
        default Optional<Usage> usage() {
            return usage(Duration.ofSeconds(1));
        }

        /**
         * What it uses, all its processes together; empty if unknown, or when it has ended. To look costs the same for one
         * instance as for all.
         *
         * @param age seen at most so long ago
         */
        default Optional<Usage> usage(Duration age) {
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

    /**
     * @param description for people: {@code exit code 1}, {@code killed by SIGKILL}
     * @param leftBehind for people: processes that the program had started and left when it ended by itself, such as {@code
     *     node (process 4711)}; they were ended too
     */
    record Exit(int code, String description, List<String> leftBehind) {
        public Exit {
            leftBehind = List.copyOf(leftBehind);
        }

        /** Of one that left nothing behind. */
        public Exit(int code, String description) {
            this(code, description, List.of());
        }
    }
}
