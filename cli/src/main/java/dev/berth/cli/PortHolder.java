package dev.berth.cli;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Who listens on a port: the socket's inode out of {@code /proc/net/tcp} (proc_pid_net(5)), then the process that has it
 * open. Processes of other users cannot be seen.
 */
final class PortHolder {
    private static final String LISTENS = "0A";

    private PortHolder() {}

    static Optional<String> of(int port) {
        try {
            Set<String> sockets = sockets(port);
            return sockets.isEmpty() ? Optional.empty() : process(sockets);
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static Set<String> sockets(int port) throws IOException {
        String suffix = String.format(Locale.ROOT, ":%04X", port);
        Set<String> sockets = new HashSet<>();
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            if (Files.exists(Path.of(table))) {
                for (String line : Files.readAllLines(Path.of(table))) {
                    String[] fields = line.strip().split("\\s+", -1);
                    if (fields.length > 9 && fields[1].endsWith(suffix) && fields[3].equals(LISTENS)) {
                        sockets.add("socket:[" + fields[9] + "]");
                    }
                }
            }
        }
        return sockets;
    }

    private static Optional<String> process(Set<String> sockets) throws IOException {
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                if (holds(process, sockets)) {
                    String name = Files.readString(process.resolve("comm")).strip();
                    return Optional.of(name + ", pid " + process.getFileName());
                }
            }
        }
        return Optional.empty();
    }

    private static boolean holds(Path process, Set<String> sockets) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path file : files) {
                if (sockets.contains(Files.readSymbolicLink(file).toString())) {
                    return true;
                }
            }
        } catch (IOException notOurs) {
            return false;
        }
        return false;
    }
}
