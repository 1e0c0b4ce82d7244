package dev.berth.cli;

import dev.berth.artifacts.TarPacker;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Writes a {@link FolderListing} as tar. */
final class FolderTar {
    private FolderTar() {}

    /** Closes {@code out} only after the last entry, so that a reader can tell a whole archive from a broken one. */
    static void write(List<FolderEntry> entries, OutputStream out) throws IOException {
        TarPacker tar = new TarPacker(out);
        for (FolderEntry entry : entries) {
            switch (entry) {
                case FolderEntry.Folder(var path, var name) -> tar.folder(name, path);
                case FolderEntry.File(var path, var name) -> tar.file(name, path);
                case FolderEntry.Link(var path, var name, var target) -> tar.link(name, path, target);
            }
        }
        tar.end();
    }
}
