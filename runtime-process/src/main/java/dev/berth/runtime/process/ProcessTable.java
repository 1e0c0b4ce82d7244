package dev.berth.runtime.process;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** What {@code /proc} tells about processes. Those that end while one looks, or belong to others, count as absent. */
final class ProcessTable {
    private static final Path PROC = Path.of("/proc");

    private ProcessTable() {}

    static LongStream all() {
        String[] names = new File(PROC.toString()).list();
        return Stream.of(names == null ? new String[0] : names)
                .filter(name -> Character.isDigit(name.charAt(0)))
                .mapToLong(Long::parseLong);
    }

    /** Living processes of the session that {@code leader} made. */
    static LongStream session(long leader) {
        return all().filter(pid -> isInSession(pid, leader));
    }

    static void killSession(long leader) {
        session(leader).forEach(ProcessTable::kill);
    }

    static void kill(long pid) {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
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

    static Set<Long> socketsOfSession(long leader) {
        var inodes = new HashSet<Long>();
        session(leader).forEach(pid -> inodes.addAll(sockets(pid)));
        return inodes;
    }

    /** Who holds a socket, for people. */
    static String ownerOf(long inode) {
        return all().filter(pid -> sockets(pid).contains(inode))
                .mapToObj(pid -> "%s (process %d)".formatted(read(pid, "comm").strip(), pid))
                .findFirst()
                .orElse("a process of another user");
    }

    /** The environment a process was started with. */
    static List<String> environment(long pid) {
        return List.of(read(pid, "environ").split("\0", -1));
    }

    private static boolean isInSession(long pid, long leader) {
        String stat = read(pid, "stat");
        // The name, in parentheses, may hold anything: state, parent, group and session come after the last one.
        int name = stat.lastIndexOf(')');
        if (name < 0) {
            return false;
        }
        String[] field = stat.substring(name + 2).split(" ", 5);
        return !field[0].equals("Z") && Long.parseLong(field[3]) == leader;
    }

    private static String read(long pid, String file) {
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
