package dev.berth.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A {@link RuntimeMain} in a process of its own, and what it said. */
final class OtherServer implements AutoCloseable {
    private final Process process;
    private final Path folder;
    private final Writer orders;
    private final List<String> said = new CopyOnWriteArrayList<>();

    private OtherServer(Process process, Path folder) {
        this.process = process;
        this.folder = folder;
        orders = process.outputWriter(StandardCharsets.UTF_8);
        Thread.ofPlatform().daemon().start(this::listen);
    }

    /** @param starved what runs the server with less than it wants, or nothing: a command that takes another as arguments */
    static OtherServer start(Path folder, Path files, String... starved) throws IOException {
        return start(System.getProperty("java.class.path"), folder, files, starved);
    }

    static OtherServer start(String classPath, Path folder, Path files, String... starved) throws IOException {
        var command = new ArrayList<>(List.of(starved));
        command.addAll(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                RuntimeMain.class.getName(),
                folder.toString(),
                files.toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var server = new OtherServer(process, folder);
        server.hears("up");
        return server;
    }

    void order(String... words) throws IOException {
        orders.write(String.join("\t", words) + "\n");
        orders.flush();
    }

    /** Waits for a line that begins with one of these, and takes it. */
    String hears(String... begins) {
        Predicate<String> expected = line -> Stream.of(begins).anyMatch(line::startsWith);
        await().atMost(Duration.ofSeconds(60)).until(() -> said.stream().anyMatch(expected) || !process.isAlive());
        String line = said.stream()
                .filter(expected)
                .findFirst()
                .orElseThrow(() -> new AssertionError("expected " + List.of(begins) + ", heard " + said));
        said.remove(line);
        return line;
    }

    /** The numbers that its instances printed. */
    List<Long> pids() {
        return said.stream()
                .filter(line -> line.matches("log \\S+ \\d+"))
                .map(line -> Long.valueOf(line.substring(line.lastIndexOf(' ') + 1)))
                .toList();
    }

    long pid() {
        return process.pid();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    /** Programs, their descendants, and the supervisors. */
    List<Long> remains() {
        String script = folder.resolve(Supervisor.SCRIPT).toString();
        return Stream.concat(
                        ProcessTable.all()
                                .filter(pid -> ProcessTable.commandLine(pid).contains(script))
                                .boxed(),
                        ProcessSnapshot.take().membersOf(folder, OptionalLong.empty()).stream()
                                .map(ProcessRow::pid))
                .toList();
    }

    /** As a server that is told to end. */
    @Override
    public void close() throws IOException {
        orders.close();
        await().atMost(Duration.ofSeconds(60)).until(() -> !process.isAlive());
    }

    private void listen() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            lines.lines().forEach(said::add);
        } catch (IOException | UncheckedIOException killed) {
            // It says no more.
        }
    }
}
