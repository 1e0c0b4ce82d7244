package dev.berth.functions;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The Node script in which functions run, installed on disk; its protocol is described at its head, in {@code host.cjs}. */
final class HostScript {
    /** HO-58: file and exported function. */
    static final String DEFAULT_HANDLER = "index.main";

    private static final String MAIN = "host.cjs";
    private static final String SNAPSHOT = "snapshot.cjs";
    private static final List<String> FILES = List.of(
            MAIN,
            "connection.cjs",
            "environment.cjs",
            "failure.cjs",
            "handler.cjs",
            "invocations.cjs",
            "output.cjs",
            "compile-cache.cjs",
            SNAPSHOT);

    private final Path main;

    private HostScript(Path main) {
        this.main = main;
    }

    /**
     * Writes the script, over what an older server left there.
     *
     * @param folder used by nothing else; made if it is missing
     * @throws IOException if it cannot be written
     */
    static HostScript install(Path folder) throws IOException {
        Path absolute = Files.createDirectories(folder).toRealPath();
        for (String name : FILES) {
            try (InputStream file = HostScript.class.getResourceAsStream(name)) {
                if (file == null) {
                    throw new IllegalStateException(name + " is missing in the module");
                }
                Path whole = absolute.resolve(name + ".new");
                Files.copy(file, whole, StandardCopyOption.REPLACE_EXISTING);
                Files.move(
                        whole,
                        absolute.resolve(name),
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return new HostScript(absolute.resolve(MAIN));
    }

    /**
     * The command of a host, to be run in the folder of the function.
     *
     * @param nodeOptions such as {@code --max-old-space-size=256}
     * @param snapshot made by {@link #snapshotCommand} for these options
     */
    List<String> command(List<String> nodeOptions, Optional<Path> snapshot) {
        var command = new ArrayList<String>();
        command.add("node");
        command.addAll(nodeOptions);
        snapshot.ifPresent(file -> command.add("--snapshot-blob=" + file));
        command.add(main.toString());
        return List.copyOf(command);
    }

    /** The command that makes a start-up snapshot for these options. */
    List<String> snapshotCommand(List<String> nodeOptions, Path snapshot) {
        var command = new ArrayList<String>();
        command.add("node");
        command.addAll(nodeOptions);
        command.add("--snapshot-blob=" + snapshot);
        command.add("--build-snapshot");
        command.add(main.resolveSibling(SNAPSHOT).toString());
        return List.copyOf(command);
    }

    /**
     * What the script reads from its environment, besides {@code PORT}; gone from {@code process.env} before the function
     * is loaded.
     *
     * @param handler such as {@link #DEFAULT_HANDLER}
     * @param inspect a port of loopback where the host waits for a debugger before it loads the function; 0 for a free one
     * @param cache a folder for compiled code, of this version alone, which exists; what is in it may be spoilt
     */
    record Start(HostKey key, String handler, OptionalInt inspect, Optional<Path> cache) {
        Map<String, String> variables() {
            var variables = new LinkedHashMap<String, String>();
            variables.put("BERTH_HOST_KEY", key.value());
            variables.put("BERTH_HOST_HANDLER", handler);
            inspect.ifPresent(port -> variables.put("BERTH_HOST_INSPECT", String.valueOf(port)));
            cache.ifPresent(folder -> variables.put("BERTH_HOST_CACHE", folder.toString()));
            return variables;
        }
    }
}
