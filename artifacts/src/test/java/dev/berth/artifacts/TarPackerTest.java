package dev.berth.artifacts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarPackerTest {
    private static final String LONG = "云".repeat(60) + "/" + "long".repeat(50);

    @TempDir
    Path outside;

    private final ByteArrayOutputStream packed = new ByteArrayOutputStream();
    private final TarPacker tar = new TarPacker(packed);
    private Path source;
    private Path folder;

    @BeforeEach
    void makeFolders() throws IOException {
        source = Files.createDirectory(outside.resolve("source"));
        folder = Files.createDirectory(outside.resolve("folder"));
    }

    private void unpack() throws IOException {
        tar.end();
        TarUnpacker.unpack(
                new ByteArrayInputStream(packed.toByteArray()), folder, new TarUnpacker.Bounds(20, 1_000_000));
    }

    @Test
    void whatIsOnTheDiskIsUnpackedAsItWas() throws Exception {
        Path script = Files.writeString(source.resolve("run.sh"), "#!/bin/sh");
        FileModes.set(script, 0750);
        Path bin = Files.createDirectory(source.resolve("bin"));
        FileModes.set(bin, 0700);
        Path link = Files.createSymbolicLink(bin.resolve("l"), Path.of("../run.sh"));

        tar.folder("bin", bin).link("bin/l", link, "../run.sh").file("run.sh", script);
        unpack();

        assertThat(folder.resolve("run.sh")).hasContent("#!/bin/sh");
        assertThat(FileModes.of(folder.resolve("run.sh"))).isEqualTo(0750);
        assertThat(FileModes.of(folder.resolve("bin"))).isEqualTo(0700);
        assertThat(Files.readSymbolicLink(folder.resolve("bin/l"))).hasToString("../run.sh");
    }

    @Test
    void anEntryWithAPlainNameHasOneHeader() throws Exception {
        Path script = Files.writeString(source.resolve("run.sh"), "x");
        tar.file("a", new byte[512], 0644).link("b", "a").file("c", script).end();
        byte[] bytes = packed.toByteArray();
        assertThat(new byte[] {bytes[0], bytes[2 * 512], bytes[3 * 512]}).containsExactly('a', 'b', 'c');
    }

    @Test
    void whatIsNotOnTheDiskIsUnpackedToo() throws Exception {
        tar.file("run.sh", "#!/bin/sh".getBytes(UTF_8), 0755)
                .file(LONG, new byte[100_000], 0640)
                .link("l", "run.sh");
        unpack();

        assertThat(folder.resolve("l")).hasContent("#!/bin/sh").isExecutable();
        assertThat(folder.resolve(LONG)).hasSize(100_000);
        assertThat(FileModes.of(folder.resolve(LONG))).isEqualTo(0640);
    }

    @Test
    void anArchiveTellsTimesInSecondsAndNoOwner() throws Exception {
        Path file = Files.writeString(source.resolve("a"), "1");
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-02T03:04:05.678Z")));

        tar.file("a", file).end();

        try (var read = new TarArchiveInputStream(new ByteArrayInputStream(packed.toByteArray()))) {
            TarArchiveEntry entry = read.getNextEntry();
            assertThat(entry.getLastModifiedTime().toInstant()).isEqualTo(Instant.parse("2026-01-02T03:04:05Z"));
            assertThat(entry.getLongUserId()).isZero();
            assertThat(entry.getLongGroupId()).isZero();
            assertThat(entry.getUserName() + entry.getGroupName()).isEmpty();
        }
    }

    @Test
    void withoutItsEndItIsABrokenArchive() throws Exception {
        tar.file("a", new byte[600], 0644);

        assertThat(Problems.of(() -> TarUnpacker.unpack(
                                new ByteArrayInputStream(packed.toByteArray()),
                                folder,
                                new TarUnpacker.Bounds(20, 1_000_000)))
                        .code())
                .isEqualTo("TAR_BROKEN");
    }
}
