package dev.berth.artifacts;

import dev.berth.core.BerthException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Installs what {@code package.json} depends on, where the deployed files do not have it. Thread-safe. */
public final class NpmInstall {
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final List<String> OPTIONS = List.of("--omit=dev", "--no-audit", "--no-fund");

    private final String npm;
    private final Duration limit;

    /** @param npm the program, looked up in {@code PATH} */
    public NpmInstall(String npm) {
        this(npm, LIMIT);
    }

    /** @param limit of an installation */
    NpmInstall(String npm, Duration limit) {
        this.npm = npm;
        this.limit = limit;
    }

    /**
     * Whether there are dependencies in {@code package.json}, those for development aside, and no {@code node_modules}.
     *
     * @throws BerthException {@code PACKAGE_JSON_INVALID}
     */
    public boolean isNeeded(Path folder) throws IOException {
        return !Files.exists(folder.resolve("node_modules"), LinkOption.NOFOLLOW_LINKS)
                && PackageJson.read(folder).map(PackageJson::hasDependencies).orElse(false);
    }

    /**
     * {@code npm ci} where there is a lock file that fits {@code package.json}, else {@code npm install}, without what is
     * for development. Blocks until npm has ended, and ends all that it started. No variable that configures Berth reaches
     * install scripts.
     *
     * @param progress told the command and each line of npm's, those aside that tell its error, on the calling thread
     * @throws BerthException {@code NPM_MISSING} or {@code NPM_FAILED}
     */
    public void run(Path folder, Consumer<String> progress) {
        if (!hasLock(folder)) {
            run("install", folder, progress, new NpmOutput(progress));
            return;
        }
        NpmOutput output = new NpmOutput(progress);
        try {
            run("ci", folder, progress, output);
        } catch (BerthException refused) {
            if (!output.saysThatTheLockDoesNotFit()) {
                throw refused;
            }
            progress.accept("The lock file does not fit package.json: mend it with npm install, and deploy it");
            run("install", folder, progress, new NpmOutput(progress));
        }
    }

    private void run(String what, Path folder, Consumer<String> progress, NpmOutput output) {
        List<String> command = new ArrayList<>(List.of(npm, what));
        command.addAll(OPTIONS);
        progress.accept("Installing dependencies: " + String.join(" ", command));
        Process process = start(command, folder);
        AtomicBoolean late = new AtomicBoolean();
        Thread.ofVirtual().name("limit of npm").start(() -> endIfLate(process, late));
        try {
            follow(process, output);
            process.waitFor();
            if (late.get()) {
                throw failed(tookTooLong(), command, output);
            }
            if (process.exitValue() != 0) {
                throw failed("exit code " + process.exitValue(), command, output);
            }
        } catch (IOException e) { // also when it was ended for being late
            throw failed(late.get() ? tookTooLong() : String.valueOf(e.getMessage()), command, output);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("interrupted", command, output);
        } finally {
            killWithChildren(process);
        }
    }

    private Process start(List<String> command, Path folder) {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        // install scripts are the developer's code; what configures Berth is none of their business
        builder.environment().keySet().removeIf(name -> name.startsWith("BERTH_"));
        try {
            return builder.start();
        } catch (IOException e) {
            throw Refused.because(
                    "NPM_MISSING",
                    "package.json has dependencies, but npm cannot be started: " + e.getMessage(),
                    "Install Node.js with npm, or deploy with node_modules, or with install=false.",
                    e);
        }
    }

    private static void follow(Process process, NpmOutput output) throws IOException {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(line);
            }
        }
    }

    private static boolean hasLock(Path folder) {
        return Stream.of("package-lock.json", "npm-shrinkwrap.json")
                .map(folder::resolve)
                .anyMatch(Files::isRegularFile);
    }

    /** The output of a program that hangs has no end to wait for. */
    private void endIfLate(Process process, AtomicBoolean late) {
        try {
            if (!process.waitFor(limit)) {
                late.set(true);
                killWithChildren(process);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Itself first, or it would tell of its children's end. */
    private static void killWithChildren(Process process) {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
    }

    private String tookTooLong() {
        return "took longer than %d s".formatted(Math.max(1, limit.toSeconds()));
    }

    private static BerthException failed(String how, List<String> command, NpmOutput output) {
        return Refused.because(
                "NPM_FAILED",
                "npm failed (%s)%s".formatted(how, output.error()),
                "In the folder, run: %s; mend what it says, and deploy again.".formatted(String.join(" ", command)));
    }
}
