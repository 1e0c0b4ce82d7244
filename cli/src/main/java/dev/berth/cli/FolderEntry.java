package dev.berth.cli;

import java.nio.file.Path;

/** One thing in a folder to be packed; {@code name} is relative to the folder, with {@code /} between names. */
sealed interface FolderEntry {
    Path path();

    String name();

    record Folder(Path path, String name) implements FolderEntry {}

    record File(Path path, String name) implements FolderEntry {}

    /** @param target relative to the link's own folder, and inside the packed one */
    record Link(Path path, String name, String target) implements FolderEntry {}
}
