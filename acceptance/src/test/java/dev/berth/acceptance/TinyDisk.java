package dev.berth.acceptance;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A folder on a disk of its own that can be filled: a tmpfs in a mount namespace, which vanishes with its process. Needs
 * root or user namespaces. What lies there is seen from outside through {@code /proc/<pid>/root}.
 */
final class TinyDisk implements AutoCloseable {
    private final Path folder;
    private final Process holder;

    private TinyDisk(Path folder, Process holder) {
        this.folder = folder;
        this.holder = holder;
    }

    /** @throws NotPossible with the reason, if this machine does not let us */
    static TinyDisk mountAt(Path folder, int mebibytes) throws IOException, NotPossible {
        Files.createDirectory(folder);
        Process holder = new ProcessBuilder(
                        "unshare",
                        "--map-root-user",
                        "--mount",
                        "sh",
                        "-c",
                        "mount -t tmpfs -o size=%dm,mode=700 tmpfs '%s' && echo mounted && exec cat"
                                .formatted(mebibytes, folder))
                .redirectErrorStream(true)
                .start();
        String said = holder.inputReader().readLine();
        if (!"mounted".equals(said)) {
            holder.destroyForcibly();
            throw new NotPossible(String.valueOf(said));
        }
        return new TinyDisk(folder, holder);
    }

    static final class NotPossible extends Exception {
        private static final long serialVersionUID = 1;

        NotPossible(String reason) {
            super(reason);
        }
    }

    /** To be put before a command that shall see the disk. */
    List<String> prefix() {
        return List.of(
                "nsenter",
                "--target",
                String.valueOf(holder.pid()),
                "--user",
                "--preserve-credentials",
                "--mount",
                "--wdns=" + folder.getParent());
    }

    /** The folder as it is seen from outside. */
    Path seen() {
        return Path.of("/proc/" + holder.pid() + "/root" + folder);
    }

    /** To the last byte. */
    void fill() throws IOException {
        for (int size : new int[] {1 << 20, 4096, 1}) {
            try (OutputStream ballast = Files.newOutputStream(ballast(), CREATE, APPEND)) {
                while (true) {
                    ballast.write(new byte[size]);
                }
            } catch (IOException full) {
                // as is wanted
            }
        }
    }

    void makeSpace() throws IOException {
        Files.delete(ballast());
    }

    /** @param mode {@code ro} or {@code rw} */
    void remount(String mode) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(prefix());
        command.addAll(List.of("mount", "-o", "remount," + mode, folder.toString()));
        int exitCode = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (exitCode != 0) {
            throw new IOException("remount,%s failed".formatted(mode));
        }
    }

    private Path ballast() {
        return seen().resolve("ballast");
    }

    @Override
    public void close() {
        holder.destroyForcibly();
    }
}
