package dev.berth.artifacts;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Packs what {@link TarUnpacker} unpacks: files, folders and links, under names with {@code /} between their parts. Modes
 * and times in seconds are those on the disk; owners are not kept. Names are not checked: that is for who unpacks. For one
 * thread; methods block.
 */
public final class TarPacker {
    private final TarArchiveOutputStream tar;

    /** @param out closed by {@link #end}, and by nothing else */
    public TarPacker(OutputStream out) {
        tar = new TarArchiveOutputStream(out, StandardCharsets.UTF_8.name());
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
    }

    /** Only the folder itself, not what is in it. */
    public TarPacker folder(String name, Path folder) throws IOException {
        return put(onDisk(folder, new TarArchiveEntry(name + "/", true)), InputStream.nullInputStream());
    }

    public TarPacker file(String name, Path file) throws IOException {
        TarArchiveEntry entry = onDisk(file, new TarArchiveEntry(name, true));
        entry.setSize(Files.size(file));
        try (InputStream content = Files.newInputStream(file)) {
            return put(entry, content);
        }
    }

    /**
     * A file that is not on the disk.
     *
     * @param mode the nine bits of {@code chmod}
     */
    public TarPacker file(String name, byte[] content, int mode) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, true);
        entry.setModTime(wholeSeconds(System.currentTimeMillis()));
        entry.setSize(content.length);
        entry.setMode(mode);
        return put(entry, new ByteArrayInputStream(content));
    }

    /** @param target as the unpacked link shall have it */
    public TarPacker link(String name, Path link, String target) throws IOException {
        return put(onDisk(link, linkTo(name, target)), InputStream.nullInputStream());
    }

    /** A link that is not on the disk. */
    public TarPacker link(String name, String target) throws IOException {
        TarArchiveEntry entry = linkTo(name, target);
        entry.setModTime(wholeSeconds(System.currentTimeMillis()));
        return put(entry, InputStream.nullInputStream());
    }

    /** Writes the end, by which a reader tells a whole archive from a broken one, and closes the stream. */
    public void end() throws IOException {
        tar.close();
    }

    private static TarArchiveEntry linkTo(String name, String target) {
        TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK, true);
        entry.setLinkName(target);
        return entry;
    }

    private static TarArchiveEntry onDisk(Path path, TarArchiveEntry entry) throws IOException {
        FileTime modified = Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS);
        entry.setModTime(wholeSeconds(modified.toMillis()));
        entry.setMode(FileModes.of(path));
        entry.setIds(0, 0);
        entry.setNames("", "");
        return entry;
    }

    /** With fractions of a second each entry would need another one before it. */
    private static FileTime wholeSeconds(long millis) {
        return FileTime.fromMillis(millis / 1000 * 1000);
    }

    private TarPacker put(TarArchiveEntry entry, InputStream content) throws IOException {
        tar.putArchiveEntry(entry);
        content.transferTo(tar);
        tar.closeArchiveEntry();
        return this;
    }
}
