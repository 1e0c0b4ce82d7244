package dev.berth.functions;

import dev.berth.core.BerthException;
import dev.berth.core.FunctionVersion;
import dev.berth.core.InstanceRuntime;
import dev.berth.core.InstanceRuntime.Instance;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Starts Node with the host script in it, from a snapshot where there is one. Thread-safe. */
final class NodeLauncher implements AutoCloseable {
    private static final String EXITED = "EXITED_BEFORE_READY";

    private final InstanceRuntime runtime;
    private final NodeProgram node = new NodeProgram("node");
    private final HostScript script;
    private final StartupSnapshots snapshots;

    /**
     * @param folder used by nothing else, made if it is missing
     * @throws IOException if it cannot be written
     */
    NodeLauncher(InstanceRuntime runtime, Path folder) throws IOException {
        this.runtime = runtime;
        this.script = HostScript.install(folder.resolve("script"));
        this.snapshots = new StartupSnapshots(folder.resolve("snapshots"), script);
    }

    /** @throws InvocationFailure {@code PLATFORM_FAILED}, if this machine cannot run functions */
    void require() {
        node.require();
    }

    /**
     * Blocks until the host listens.
     *
     * @param request to be made with the command
     * @throws BerthException as {@link InstanceRuntime#start} says
     */
    Instance launch(
            FunctionVersion version,
            boolean inspected,
            HostVoice voice,
            Function<List<String>, InstanceRuntime.Request> request) {
        List<String> options = options(version);
        Optional<Path> snapshot = inspected || hasItsOwnOptions(version) ? Optional.empty() : snapshots.of(options);
        if (snapshot.isPresent()) {
            try {
                return runtime.start(request.apply(script.command(options, snapshot)));
            } catch (BerthException e) {
                if (!e.problem().code().equals(EXITED)) {
                    throw e;
                }
                snapshots.drop(options, e.problem().message());
                voice.tell("starts once more, without a start-up snapshot of Node, which was of no use");
            }
        }
        return runtime.start(request.apply(script.command(options, Optional.empty())));
    }

    /** To be called when a host of the version has loaded its code: later ones are to start faster. Returns at once. */
    void prepareMore(FunctionVersion version) {
        snapshots.prepare(options(version));
    }

    @Override
    public void close() {
        snapshots.close();
    }

    private static List<String> options(FunctionVersion version) {
        return List.of("--max-old-space-size=" + heap(version.settings().memory()));
    }

    /** MiB of V8's old space: the rest is for Node itself, for code and for Buffers. */
    private static int heap(int memory) {
        return Math.max(memory - 64, memory * 3 / 4);
    }

    /** Node refuses a snapshot that was made with others. */
    private static boolean hasItsOwnOptions(FunctionVersion version) {
        return version.settings().variables().containsKey("NODE_OPTIONS");
    }
}
