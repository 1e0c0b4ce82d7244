package dev.berth.hosting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.Launch;
import dev.berth.core.Scale;
import dev.berth.core.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VersionDigestTest {
    private static final Launch LAUNCH =
            new Launch(List.of("node", "app.js"), Map.of("B", "2", "A", "1"), OptionalInt.of(8080), "--command");
    private static final Settings SETTINGS = new Settings(Map.of("NAME", "值"), Duration.ofMinutes(5), new Scale(1, 3));

    @TempDir
    Path folder;

    /** Another value would make a version out of every deployment that changes nothing, once, after an update of Berth. */
    @Test
    void staysWhatEarlierReleasesOfBerthStored() throws IOException {
        file("app.js", "rw-r--r--");
        file("bin/run", "rwxr-xr-x");
        Files.setPosixFilePermissions(folder.resolve("bin"), PosixFilePermissions.fromString("rwxr-x---"));
        Files.createSymbolicLink(folder.resolve("link"), Path.of("app.js"));
        assertThat(VersionDigest.of(folder, LAUNCH, SETTINGS, true))
                .isEqualTo("25477429581790bc4a97b820aea01d5b30ee07e2403586ce25a3442196fdb81d");
        assertThat(VersionDigest.of(folder, LAUNCH, SETTINGS, false))
                .isEqualTo("37a54bb9dacc77e198e3dbb86b35dbac2601837aeae65cfe1aaac54d07eb2d64");
    }

    private void file(String name, String mode) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "content of " + name);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }
}
