package dev.berth.artifacts;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * SHA-256 over everything that makes a version, part by part. Every piece is preceded by its length, so that no two
 * versions can be written alike as long as their parts come in the same order. Values are stored: what goes into a part
 * must not change from one release of Berth to the next. Not thread-safe.
 */
public final class ContentDigest {
    private final MessageDigest sha256;

    public ContentDigest() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** What is in a folder, sorted by path: files with mode and content, folders with mode, links with target. */
    public ContentDigest files(Path folder) throws IOException {
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(folder)) {
            paths = walk.filter(path -> !path.equals(folder)).sorted().toList();
        }
        number(paths.size());
        for (Path path : paths) {
            text(folder.relativize(path).toString());
            if (Files.isSymbolicLink(path)) {
                text("link");
                text(Files.readSymbolicLink(path).toString());
            } else if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                text("folder " + Integer.toOctalString(FileModes.of(path)));
            } else {
                text("file " + Integer.toOctalString(FileModes.of(path)));
                content(path);
            }
        }
        return this;
    }

    private void content(Path file) throws IOException {
        number(Files.size(file));
        byte[] buffer = new byte[64 * 1024];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                sha256.update(buffer, 0, read);
            }
        }
    }

    /** In their order. */
    public ContentDigest texts(List<String> texts) {
        number(texts.size());
        texts.forEach(this::text);
        return this;
    }

    /** In whatever order. */
    public ContentDigest map(Map<String, String> map) {
        number(map.size());
        new TreeMap<>(map).forEach((key, value) -> text(key).text(value));
        return this;
    }

    public ContentDigest text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        number(bytes.length);
        sha256.update(bytes);
        return this;
    }

    public ContentDigest number(long number) {
        sha256.update(ByteBuffer.allocate(Long.BYTES).putLong(number).flip());
        return this;
    }

    /** Of all parts so far, in hex; the next part begins a new digest. */
    public String hex() {
        return HexFormat.of().formatHex(sha256.digest());
    }
}
