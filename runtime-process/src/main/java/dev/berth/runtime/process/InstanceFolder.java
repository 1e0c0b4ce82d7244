package dev.berth.runtime.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * All that an instance has on disk: its working copy, beside it a home and a place for temporary files; and out of its reach
 * its pid, and what is mounted for it alone.
 *
 * @param files where it works: its copy within the root, or the files of its version themselves
 */
record InstanceFolder(Path root, Path files) {
    InstanceFolder(Path root) {
        this(root, root.resolve("files"));
    }

    static InstanceFolder withCopy(Path root, Path files) throws IOException {
        InstanceFolder folder = new InstanceFolder(root).make();
        TreeCopy.copy(files, folder.files());
        return folder;
    }

    /** HO-55. */
    static InstanceFolder inPlace(Path root, Path files) throws IOException {
        return new InstanceFolder(root, files.toRealPath()).make();
    }

    private InstanceFolder make() throws IOException {
        Files.createDirectories(root);
        Files.createDirectory(home());
        Files.createDirectory(temporary());
        return this;
    }

    boolean hasCopy() {
        return files.startsWith(root);
    }

    Path home() {
        return root.resolve("home");
    }

    Path temporary() {
        return root.resolve("tmp");
    }

    /** Made when there is something to mount. */
    Path own() {
        return beside("own");
    }

    Path hosts() {
        return own().resolve("hosts");
    }

    Path mounts() {
        return own().resolve("mounts");
    }

    Path pid() {
        return beside("pid");
    }

    InstanceFolder moveTo(Path target) throws IOException {
        return new InstanceFolder(Files.move(root, target));
    }

    private Path beside(String what) {
        return root.resolveSibling(".%s.%s".formatted(root.getFileName(), what));
    }
}
