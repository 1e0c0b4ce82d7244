package dev.berth.hosting;

import dev.berth.core.Launch;
import dev.berth.core.Settings;
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
 * SHA-256 over everything that makes a version: files sorted by path, each with mode and content, the launch and the
 * settings. Every piece is preceded by its length, so that no two versions can be written alike.
 */
final class ContentDigest {
    private final MessageDigest sha256;

    private ContentDigest() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /**
     * @param installs whether dependencies are going to be installed into the files
     * @return in hex
     */
    static String of(Path folder, Launch launch, Settings settings, boolean installs) throws IOException {
        ContentDigest digest = new ContentDigest();
        digest.files(folder);
        digest.launch(launch);
        digest.map(settings.variables());
        digest.text(settings.idle().toString());
        digest.number(settings.scale().min());
        digest.number(settings.scale().max());
        digest.text(installs ? "installs" : "as sent");
        return HexFormat.of().formatHex(digest.sha256.digest());
    }

    private void files(Path folder) throws IOException {
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

    private void launch(Launch launch) {
        number(launch.command().size());
        launch.command().forEach(this::text);
        map(launch.variables());
        number(launch.port().orElse(0));
        text(launch.origin());
    }

    private void map(Map<String, String> map) {
        number(map.size());
        new TreeMap<>(map).forEach((key, value) -> {
            text(key);
            text(value);
        });
    }

    private void text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        number(bytes.length);
        sha256.update(bytes);
    }

    private void number(long number) {
        sha256.update(ByteBuffer.allocate(Long.BYTES).putLong(number).flip());
    }
}
