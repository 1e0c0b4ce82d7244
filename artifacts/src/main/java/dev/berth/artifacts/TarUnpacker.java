package dev.berth.artifacts;

import dev.berth.core.BerthException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/**
 * Unpacks a tar, gzipped or not, that a stranger may have made. Nothing is ever written outside the folder: names may
 * not be absolute or climb; links are made only after everything else, so that nothing is written through one, and
 * {@link LinkTarget lead inside}. Modes are kept, except that the owner always may read and write and that nothing is
 * set-uid.
 */
public final class TarUnpacker {
    /**
     * What an upload may unpack to, at most.
     *
     * @param entries files, folders and links
     * @param bytes of all files together, unpacked
     */
    public record Bounds(int entries, long bytes) {
        public static final Bounds DEFAULT = new Bounds(200_000, 2L << 30);
    }

    private final Path folder;
    private final Bounds bounds;
    private final Map<Path, String> links = new LinkedHashMap<>();
    private int entries;
    private long bytes;

    private TarUnpacker(Path folder, Bounds bounds) {
        this.folder = folder;
        this.bounds = bounds;
    }

    /**
     * Blocks for as long as the sender takes. What a refused upload leaves in the folder is the caller's to delete.
     *
     * @param tar read up to its end, not closed
     * @param folder exists and is empty
     * @throws BerthException {@code TAR_BROKEN}, {@code TAR_FORBIDDEN} or {@code TAR_TOO_LARGE}
     * @throws UncheckedIOException if the disk refuses
     */
    public static void unpack(InputStream tar, Path folder, Bounds bounds) {
        try {
            new TarUnpacker(folder, bounds).unpack(tar);
        } catch (IOException | IllegalArgumentException e) {
            throw Refused.because(
                    "TAR_BROKEN",
                    "The upload is not a complete tar: %s".formatted(e.getMessage()),
                    "Send the files again; the body must be a tar, gzipped or not.",
                    e);
        }
    }

    private void unpack(InputStream source) throws IOException {
        // not closed: the caller's stream is the caller's
        TarReader tar = new TarReader(plain(source));
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            if (++entries > bounds.entries()) {
                throw tooLarge("more than %d entries".formatted(bounds.entries()));
            }
            unpack(entry, tar);
        }
        if (!tar.sawEnd()) {
            throw new IOException(entries == 0 ? "it is empty" : "its end is missing");
        }
        Disk.writing(this::makeLinks);
    }

    private void unpack(TarArchiveEntry entry, InputStream content) throws IOException {
        Path target = target(entry.getName());
        if (entry.isDirectory()) {
            Disk.writing(() -> makeFolder(target, entry.getMode()));
        } else if (entry.isSymbolicLink()) {
            LinkTarget.requireInside(folder, target, entry.getLinkName());
            makeWay(target);
            links.put(target, entry.getLinkName());
        } else if (entry.isLink()) {
            copy(entry, target);
        } else if (entry.isCharacterDevice() || entry.isBlockDevice() || entry.isFIFO() || !entry.isFile()) {
            throw forbidden("%s is neither a file nor a folder nor a link".formatted(entry.getName()));
        } else {
            makeWay(target);
            write(content, target, entry.getMode());
        }
    }

    private Path target(String name) {
        if (name.startsWith("/")) {
            throw forbidden("%s is an absolute path".formatted(name));
        }
        try {
            Path target = folder;
            for (String part : name.split("/", -1)) {
                if (part.equals("..")) {
                    throw forbidden("%s leads out of the folder".formatted(name));
                }
                target = part.isEmpty() || part.equals(".") ? target : target.resolve(part);
            }
            return target;
        } catch (InvalidPathException e) {
            throw Refused.because(
                    "TAR_FORBIDDEN",
                    "A name in the upload cannot be used here: %s".formatted(e.getReason()),
                    "Start Berth with LANG=C.UTF-8 if the name is a good one, or rename the file.",
                    e);
        }
    }

    /** A tar may hold a name twice; the later one counts. */
    private void makeWay(Path target) {
        if (target.equals(folder)) {
            throw forbidden("the folder itself is given as something else");
        }
        links.remove(target);
        Disk.writing(() -> {
            Files.createDirectories(target.getParent());
            if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
                throw forbidden("%s is both a folder and something else".formatted(folder.relativize(target)));
            }
            Files.deleteIfExists(target);
        });
    }

    private void makeFolder(Path target, int mode) throws IOException {
        links.remove(target);
        if (Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
            throw forbidden("%s is both a file and a folder".formatted(folder.relativize(target)));
        }
        Files.createDirectories(target);
        if (!target.equals(folder)) {
            FileModes.set(target, mode | 0700);
        }
    }

    /** A hard link is a file sent once more. */
    private void copy(TarArchiveEntry entry, Path target) throws IOException {
        Path original = target(entry.getLinkName());
        if (!Files.isRegularFile(original, LinkOption.NOFOLLOW_LINKS) || original.equals(target)) {
            throw forbidden(
                    "%s is a link to %s, which did not come before it".formatted(entry.getName(), entry.getLinkName()));
        }
        makeWay(target);
        try (InputStream content = Files.newInputStream(original)) {
            write(content, target, FileModes.of(original));
        }
    }

    private void write(InputStream content, Path target, int mode) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        OutputStream file = Disk.opening(() -> Files.newOutputStream(target));
        try {
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                bytes += read;
                if (bytes > bounds.bytes()) {
                    throw tooLarge("more than %d bytes".formatted(bounds.bytes()));
                }
                int length = read;
                Disk.writing(() -> file.write(buffer, 0, length));
            }
        } finally {
            Disk.writing(file::close);
        }
        Disk.writing(() -> FileModes.set(target, mode | 0600));
    }

    private void makeLinks() throws IOException {
        for (Map.Entry<Path, String> link : links.entrySet()) {
            if (Files.exists(link.getKey(), LinkOption.NOFOLLOW_LINKS)) {
                throw forbidden("%s is both a link and a folder".formatted(folder.relativize(link.getKey())));
            }
            Files.createSymbolicLink(link.getKey(), Path.of(link.getValue()));
        }
    }

    private static InputStream plain(InputStream source) throws IOException {
        PushbackInputStream start = new PushbackInputStream(source, 2);
        byte[] magic = start.readNBytes(2);
        start.unread(magic);
        boolean gzip = magic.length == 2 && (magic[0] & 0xff) == 0x1f && (magic[1] & 0xff) == 0x8b;
        return gzip ? new GZIPInputStream(start, 64 * 1024) : start;
    }

    private static BerthException forbidden(String what) {
        return Refused.because("TAR_FORBIDDEN", "The upload is refused: " + what, "Leave it out of the upload.");
    }

    private static BerthException tooLarge(String what) {
        return Refused.because(
                "TAR_TOO_LARGE", "The upload unpacks to " + what, "Leave out what the service does not need to run.");
    }
}
