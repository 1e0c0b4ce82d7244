package dev.berth.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What runs on this machine. */
final class Processes {
    private Processes() {}

    /** Those whose command line, environment or working folder names the folder. */
    static List<String> naming(Path folder) {
        return ProcessHandle.allProcesses()
                .filter(ProcessHandle::isAlive)
                .filter(process -> describe(process).contains(folder.toString()))
                .map(process ->
                        process.pid() + " " + process.info().commandLine().orElse("?"))
                .toList();
    }

    /** Those that were started with exactly these words. */
    static List<Long> running(String command) {
        return ProcessHandle.allProcesses()
                .filter(ProcessHandle::isAlive)
                .map(ProcessHandle::pid)
                .filter(pid -> read(Path.of("/proc", String.valueOf(pid), "cmdline"))
                        .replace('\0', ' ')
                        .strip()
                        .equals(command))
                .toList();
    }

    static boolean runs(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
    }

    /** @param target a pid, or the negative of one for its process group */
    static void signal(String name, long target) {
        try {
            int exitCode = new ProcessBuilder("kill", "-" + name, "--", String.valueOf(target))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (exitCode != 0) {
                throw new AssertionError("kill -%s %d failed".formatted(name, target));
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String describe(ProcessHandle process) {
        Path proc = Path.of("/proc", String.valueOf(process.pid()));
        return read(proc.resolve("cmdline")) + read(proc.resolve("environ")) + workingFolder(proc);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, ISO_8859_1);
        } catch (IOException goneOrNotOurs) {
            return "";
        }
    }

    private static String workingFolder(Path proc) {
        try {
            return Files.readSymbolicLink(proc.resolve("cwd")).toString();
        } catch (IOException goneOrNotOurs) {
            return "";
        }
    }
}
