package dev.berth.cli;

import dev.berth.core.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The data folder: whose it is, who can read its secrets, and what disk it lies on. */
record DataChecks(Machine machine, Path folder) {
    private static final long MEGABYTE = 1024 * 1024;
    private static final Set<String> FAR = Set.of(
            "nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "v9fs", "drvfs", "fuse.sshfs", "afs", "ceph", "glusterfs");
    private static final Set<String> FLEETING = Set.of("tmpfs", "ramfs");

    /** Where a server that is started here keeps its data. */
    static Path folderOf(Shell shell) {
        String data = shell.environment().getOrDefault("BERTH_DATA", "");
        return shell.folder().resolve(data.isBlank() ? ".berth" : data);
    }

    List<Finding> owner() {
        if (!Files.exists(folder)) {
            return List.of(
                    parentIsWritable()
                            ? Finding.fine("Data", "%s is made at the first start".formatted(folder))
                            : Finding.problem(
                                    "Data",
                                    "%s cannot be made: the folder above is not yours to write".formatted(folder),
                                    "Choose another place: export BERTH_DATA=/path/that/you/own"));
        }
        String user = machine.property("user.name");
        try {
            String owner = Files.getOwner(folder).getName();
            if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
                return List.of(Finding.problem(
                        "Data",
                        "%s is not a folder that %s can write (it belongs to %s)".formatted(folder, user, owner),
                        "Give it to you (sudo chown -R %s %s), or choose another: export BERTH_DATA=/path"
                                .formatted(user, folder)));
            }
            return List.of(
                    owner.equals(user)
                            ? Finding.fine("Data", "%s, of %s".formatted(folder, owner))
                            : Finding.warning(
                                    "Data",
                                    "%s belongs to %s, and you are %s".formatted(folder, owner, user),
                                    "Run Berth as one user always; two spoil one another's files."));
        } catch (IOException unreadable) {
            return List.of(Finding.problem(
                    "Data",
                    "%s cannot be read: %s".formatted(folder, IoReason.of(unreadable)),
                    "Look at its permissions: ls -ld"));
        }
    }

    private boolean parentIsWritable() {
        for (Path above = folder.toAbsolutePath().getParent(); above != null; above = above.getParent()) {
            if (Files.exists(above)) {
                return Files.isWritable(above);
            }
        }
        return false;
    }

    List<Finding> secrets() {
        List<Finding> findings = new ArrayList<>();
        for (String name : List.of("token", "master.key", "berth.db")) {
            Path file = folder.resolve(name);
            if (Files.exists(file)) {
                findings.add(secret(file, name));
            }
        }
        return findings;
    }

    private static Finding secret(Path file, String name) {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            String text = PosixFilePermissions.toString(permissions);
            return text.endsWith("------")
                    ? Finding.fine(name, "only its owner can read it")
                    : Finding.warning(
                            name,
                            "%s has the permissions %s (expected: rw-------), so others may read it"
                                    .formatted(file, text),
                            "Close it: chmod 600 %s".formatted(file));
        } catch (IOException | UnsupportedOperationException unknown) {
            return Finding.warning(
                    name,
                    "the permissions of %s cannot be read: %s".formatted(file, unknown),
                    "Keep the data folder on a file system of Linux.");
        }
    }

    List<Finding> disk() {
        Machine.Disk disk = machine.disk(folder);
        String type = disk.type().toLowerCase(Locale.ROOT);
        String place = "Choose a local disk: export BERTH_DATA=/path";
        List<Finding> findings = new ArrayList<>();
        if (FAR.contains(type)) {
            findings.add(Finding.warning(
                    "File system",
                    "%s, which is not a disk of this system: its locks and its speed are not what SQLite needs"
                            .formatted(type),
                    place + ". In WSL 2 that is your Linux home, not /mnt/c."));
        } else if (FLEETING.contains(type)) {
            findings.add(Finding.warning("File system", type + ": lost with the next restart of the machine", place));
        } else {
            findings.add(Finding.fine("File system", type));
        }
        findings.add(space(disk.freeBytes()));
        return findings;
    }

    private static Finding space(long freeBytes) {
        long megabytes = freeBytes / MEGABYTE;
        String says = "%d MB free".formatted(megabytes);
        String todo = "Free some space: old versions of services (berth rm SERVICE/VERSION), node_modules, logs.";
        if (megabytes < 50) {
            return Finding.problem("Space", says + " (expected: 1024 or more)", todo);
        }
        return megabytes < 1024
                ? Finding.warning("Space", says + " (expected: 1024 or more)", todo)
                : Finding.fine("Space", says);
    }
}
