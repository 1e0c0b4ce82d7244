package dev.berth.runtime.process;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** What {@code /proc} tells about processes. Those that end while one looks, or belong to others, count as absent. */
final class ProcessTable {
    /** The variable that every process of an instance inherits; its value is the folder of the instance. */
    static final String MARK = "BERTH_INSTANCE";

    private static final Duration LONGEST_KILL = Duration.ofSeconds(5);
    private static final Path PROC = Path.of("/proc");

    private ProcessTable() {}

    static LongStream all() {
        String[] names = new File(PROC.toString()).list();
        return Stream.of(names == null ? new String[0] : names)
                .filter(name -> Character.isDigit(name.charAt(0)))
                .mapToLong(Long::parseLong);
    }

    /** Kills until nothing is found any more: processes may start others while they are being killed. */
    static void killAll(Supplier<List<Long>> find) {
        long deadline = System.nanoTime() + LONGEST_KILL.toNanos();
        for (List<Long> found = find.get(); !found.isEmpty() && System.nanoTime() < deadline; found = find.get()) {
            for (long pid : found) {
                ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
            }
        }
    }

    /** The mark of a process, or else, if it has overwritten its environment, where it stands. */
    static Optional<String> instanceFolder(ProcessRow process) {
        String environment = "\0" + read(process.pid(), "environ");
        int mark = environment.indexOf("\0" + MARK + "=");
        if (mark >= 0) {
            int begin = mark + MARK.length() + 2;
            int end = environment.indexOf('\0', begin);
            String latin = environment.substring(begin, end < 0 ? environment.length() : end);
            return Optional.of(new String(latin.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
        }
        if (process.terminal() != 0 || environment.contains("\0PATH=")) {
            return Optional.empty();
        }
        String place = readLink(PROC.resolve(process.pid() + "/cwd"));
        return place.isEmpty() ? Optional.empty() : Optional.of(place);
    }

    /** Inodes of the sockets that a process holds. */
    static Set<Long> sockets(long pid) {
        var inodes = new HashSet<Long>();
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(PROC.resolve(pid + "/fd"))) {
            for (Path descriptor : descriptors) {
                String target = readLink(descriptor);
                if (target.startsWith("socket:[")) {
                    inodes.add(Long.valueOf(target.substring("socket:[".length(), target.length() - 1)));
                }
            }
        } catch (IOException gone) {
            return Set.of();
        }
        return inodes;
    }

    /** Who holds a socket, for people. */
    static String ownerOf(long inode) {
        return all().filter(pid -> sockets(pid).contains(inode))
                .mapToObj(ProcessRow::of)
                .flatMap(Optional::stream)
                .map(ProcessRow::toString)
                .findFirst()
                .orElse("a process of another user");
    }

    /** The environment a process was started with. */
    static List<String> environment(long pid) {
        return List.of(read(pid, "environ").split("\0", -1));
    }

    /** Program and arguments. */
    static List<String> commandLine(long pid) {
        return List.of(read(pid, "cmdline").split("\0", -1));
    }

    static String read(long pid, String file) {
        try {
            return Files.readString(PROC.resolve(pid + "/" + file), StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }

    private static String readLink(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException closed) {
            return "";
        }
    }
}
