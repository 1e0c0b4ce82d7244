package dev.berth.cli;

import dev.berth.core.BerthException;
import dev.berth.core.Problem;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server in a process of its own, which outlives this command. */
final class DetachedServer {
    /** What a detached server prints after everything else. */
    static final String READY_MARK = "\u0004ready";

    /** The same, when not everything that was asked for could be deployed. */
    static final String PARTLY_MARK = "\u0004partly";

    private static final int LOOK_EVERY_MILLIS = 10;

    private final Shell shell;
    private final Path data;

    DetachedServer(Shell shell) {
        this.shell = shell;
        this.data = dataFolder(shell);
    }

    /** An empty variable is none. */
    static Path dataFolder(Shell shell) {
        String given = shell.environment().getOrDefault("BERTH_DATA", "");
        return shell.folder().resolve(given.isEmpty() ? ".berth" : given);
    }

    /**
     * Starts, waits until the server has printed that it is ready, and prints meanwhile what it prints.
     *
     * @return {@link ExitCode#REFUSED} also when the server runs, but a deployment failed
     */
    int start(List<String> arguments) throws IOException, InterruptedException {
        Path logs = logFolder(data);
        Path output = logs.resolve("up.log");
        Path errors = logs.resolve("up.err");
        Files.deleteIfExists(output);
        Files.deleteIfExists(errors);
        Process process = new ProcessBuilder(command(arguments))
                .directory(shell.folder().toFile())
                .redirectInput(new File("/dev/null"))
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        GrowingFile out = new GrowingFile(output);
        GrowingFile err = new GrowingFile(errors);
        while (!process.waitFor(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
            String lines = out.lines(); // first: what was told before a mark is there when the mark is
            shell.err().print(err.lines());
            Optional<String> mark =
                    Stream.of(READY_MARK, PARTLY_MARK).filter(lines::contains).findFirst();
            shell.out()
                    .print(mark.map(end -> lines.substring(0, lines.indexOf(end)))
                            .orElse(lines));
            shell.out().flush();
            if (mark.isPresent()) {
                return mark.get().equals(PARTLY_MARK) ? ExitCode.REFUSED : ExitCode.OK;
            }
        }
        shell.err().print(out.rest() + err.rest());
        return process.exitValue() == 0 ? ExitCode.REFUSED : process.exitValue();
    }

    /** With the data folder above it; readable by their owner only, if they have to be made, as the server would make them. */
    static Path logFolder(Path data) throws IOException {
        return Files.createDirectories(
                data.resolve("logs"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /** The command that started this JVM, with other arguments, in a session of its own: Ctrl-C here is not for it. */
    private static List<String> command(List<String> arguments) {
        String java = ProcessHandle.current()
                .info()
                .command()
                .orElseThrow(() -> new BerthException(new Problem(
                        "JAVA_UNKNOWN",
                        "cli",
                        "This system does not tell which java runs here",
                        "Run up without --detach.")));
        List<String> command = new ArrayList<>(List.of("setsid", java));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-Dberth.detached=true", "-cp", System.getProperty("java.class.path")));
        command.add(Main.class.getName());
        command.addAll(arguments);
        return command;
    }
}
