package dev.berth.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A user's folder, with a data folder and ports of its own, in which commands are typed. */
final class Folder {
    static final Path ROOT = root();
    private static final long COMMAND_SECONDS = 100;

    private final Path path;
    private final Map<String, String> environment = new TreeMap<>(Map.of(
            "BERTH_GATEWAY_PORT",
            "0",
            "BERTH_MANAGEMENT_PORT",
            "0",
            "BERTH_INWARD_PORT",
            "0",
            "BERTH_SIMULATOR_PORT",
            "0"));
    private final AtomicInteger commands = new AtomicInteger();
    private List<String> prefix = List.of();
    private Path seenData;

    Folder() {
        try {
            path = Files.createTempDirectory("berth-acceptance-").toRealPath();
            Files.createDirectory(path.resolve("said"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        seenData = path.resolve("data");
        environment.put("BERTH_DATA", seenData.toString());
    }

    /** From now on commands have their data folder there, where it is mounted. */
    Folder on(TinyDisk disk) {
        prefix = disk.prefix();
        seenData = disk.seen();
        return this;
    }

    Path path() {
        return path;
    }

    Path data() {
        return path.resolve("data");
    }

    /** The data folder as this test reaches it. */
    Path seenData() {
        return seenData;
    }

    Folder with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Folder without(String variable) {
        environment.remove(variable);
        return this;
    }

    /** One of the services under {@code acceptance/services}. */
    static Path service(String name) {
        return ROOT.resolve("acceptance/services").resolve(name);
    }

    /** One of the functions under {@code acceptance/cloudfunctions}. */
    static Path function(String name) {
        return ROOT.resolve("acceptance/cloudfunctions").resolve(name);
    }

    /** A copy of a service, to be changed. */
    Path copyOf(String service, String name) {
        return copyOf(service(service), name);
    }

    Path copyOf(Path original, String name) {
        Path copy = path.resolve(name);
        try (Stream<Path> files = Files.walk(original)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(original.relativize(file).toString()));
            }
            return copy;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    Ran berth(String... arguments) {
        return start(arguments).await(COMMAND_SECONDS);
    }

    /** Types a secret into the command. */
    Ran berthWithInput(String input, String... arguments) {
        try {
            Path file = Files.writeString(path.resolve("said/input"), input);
            return start(file, arguments).await(COMMAND_SECONDS);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    Running start(String... arguments) {
        return start(Path.of("/dev/null"), arguments);
    }

    private Running start(Path input, String... arguments) {
        List<String> berth = new ArrayList<>(prefix);
        berth.add(ROOT.resolve("berth").toString());
        berth.addAll(List.of(arguments));
        return start(path, input, berth);
    }

    /** Lines of shell, typed in a folder; what they say on standard error is with what they say on standard output. */
    Running type(Path where, String lines) {
        return start(where, Path.of("/dev/null"), List.of("sh", "-ec", "exec 2>&1\n" + lines));
    }

    private Running start(Path where, Path input, List<String> program) {
        // A test run in the background hands an ignored SIGINT down; a terminal does not.
        List<String> command = new ArrayList<>(List.of("setsid", "env", "--default-signal=INT"));
        command.addAll(program);
        int number = commands.incrementAndGet();
        Path out = path.resolve("said/%d.out".formatted(number));
        Path err = path.resolve("said/%d.err".formatted(number));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(where.toFile())
                .redirectInput(input.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(environment);
        try {
            return new Running(builder.start(), out, err);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    void delete() {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Path root() {
        String given = System.getProperty("berth.root", "");
        Path folder = Path.of(given).toAbsolutePath().normalize();
        while (!Files.isExecutable(folder.resolve("berth")) || Files.isDirectory(folder.resolve("berth"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new AssertionError(
                        "no berth in %s or above".formatted(Path.of(given).toAbsolutePath()));
            }
        }
        return folder;
    }
}
