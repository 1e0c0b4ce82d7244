package dev.berth.runtime.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** All that an instance has on disk: its working copy, beside it a home and a place for temporary files; and its pid, out of its reach. */
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

    Path pid() {
        return root.resolveSibling("." + root.getFileName() + ".pid");
    }

    InstanceFolder moveTo(Path target) throws IOException {
        return new InstanceFolder(Files.move(root, target));
    }
}
