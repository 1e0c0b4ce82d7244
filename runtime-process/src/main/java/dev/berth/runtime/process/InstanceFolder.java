package dev.berth.runtime.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * All that an instance has on disk: its working copy, beside it a home and a place for temporary files; and out of its reach
 * its pid, and what is mounted for it alone.
 */
record InstanceFolder(Path root) {
    static InstanceFolder create(Path root, Path files) throws IOException {
        var folder = new InstanceFolder(root);
        Files.createDirectories(root);
        Files.createDirectory(folder.home());
        Files.createDirectory(folder.temporary());
        TreeCopy.copy(files, folder.files());
        return folder;
    }

    Path files() {
        return root.resolve("files");
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
