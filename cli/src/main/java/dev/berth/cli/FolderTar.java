package dev.berth.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Writes a {@link FolderListing} as tar: modes, times in seconds and links are kept, owners are not. */
final class FolderTar {
    private FolderTar() {}

    /** Closes {@code out} only after the last entry, so that a reader can tell a whole archive from a broken one. */
    static void write(List<FolderEntry> entries, OutputStream out) throws IOException {
        TarArchiveOutputStream tar = new TarArchiveOutputStream(out, StandardCharsets.UTF_8.name());
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
        for (FolderEntry entry : entries) {
            write(entry, tar);
        }
        tar.close();
    }

    private static void write(FolderEntry entry, TarArchiveOutputStream tar) throws IOException {
        switch (entry) {
            case FolderEntry.Folder folder -> {
                tar.putArchiveEntry(described(folder, new TarArchiveEntry(folder.name() + "/")));
                tar.closeArchiveEntry();
            }
            case FolderEntry.Link link -> {
                TarArchiveEntry header = new TarArchiveEntry(link.name(), TarConstants.LF_SYMLINK);
                header.setLinkName(link.target());
                tar.putArchiveEntry(described(link, header));
                tar.closeArchiveEntry();
            }
            case FolderEntry.File file -> {
                TarArchiveEntry header = new TarArchiveEntry(file.name());
                header.setSize(Files.size(file.path()));
                tar.putArchiveEntry(described(file, header));
                Files.copy(file.path(), tar);
                tar.closeArchiveEntry();
            }
        }
    }

    private static TarArchiveEntry described(FolderEntry entry, TarArchiveEntry header) throws IOException {
        Path path = entry.path();
        FileTime modified = Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS);
        header.setModTime(FileTime.fromMillis(modified.toMillis() / 1000 * 1000));
        header.setMode(mode(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS)));
        header.setIds(0, 0);
        header.setNames("", "");
        return header;
    }

    /** The bits {@code rwxrwxrwx}, in the order in which {@link PosixFilePermission} names them. */
    private static int mode(Set<PosixFilePermission> permissions) {
        int mode = 0;
        for (PosixFilePermission permission : PosixFilePermission.values()) {
            mode = mode << 1 | (permissions.contains(permission) ? 1 : 0);
        }
        return mode;
    }
}
