package dev.berth.artifacts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TarUnpackerTest {
    private static final TarUnpacker.Bounds BOUNDS = new TarUnpacker.Bounds(20, 100_000);

    @TempDir
    Path outside;

    private Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectory(outside.resolve("folder"));
    }

    private void unpack(InputStream tar) {
        TarUnpacker.unpack(tar, folder, BOUNDS);
    }

    private String refusal(InputStream tar) {
        return Problems.of(() -> unpack(tar)).code();
    }

    @Test
    void filesFoldersAndModesAreKept() throws Exception {
        unpack(new Tars()
                        .folder("bin", 0755)
                        .file("bin/run.sh", "#!/bin/sh".getBytes(UTF_8), 0755)
                        .file("./deep/er/read.me", "hi".getBytes(UTF_8), 0640)
                        .folder("empty", 0700)
                        .stream());

        assertThat(folder.resolve("bin/run.sh")).hasContent("#!/bin/sh").isExecutable();
        assertThat(folder.resolve("deep/er/read.me")).hasContent("hi");
        assertThat(FileModes.of(folder.resolve("deep/er/read.me"))).isEqualTo(0640);
        assertThat(FileModes.of(folder.resolve("empty"))).isEqualTo(0700);
    }

    @Test
    void theOwnerMayAlwaysReadAndDeleteAndNothingIsSetUid() throws Exception {
        unpack(new Tars().folder("locked", 0).file("locked/suid", new byte[1], 04111).stream());

        assertThat(FileModes.of(folder.resolve("locked"))).isEqualTo(0700);
        assertThat(FileModes.of(folder.resolve("locked/suid"))).isEqualTo(0711);
        assertThat(Files.getAttribute(folder.resolve("locked/suid"), "unix:mode"))
                .isEqualTo(0100711);
    }

    @Test
    void gzipIsRecognised() throws Exception {
        unpack(new Tars().file("a.txt", "packed").gzip());
        assertThat(folder.resolve("a.txt")).hasContent("packed");
    }

    @Test
    void longNamesAreKept() {
        String name = "d".repeat(150) + "/" + "f".repeat(200);
        unpack(Tars.of(name, "long"));
        assertThat(folder.resolve(name)).hasContent("long");
    }

    @Test
    void theLaterOfTwoFilesOfOneNameCounts() {
        unpack(Tars.of("a", "first, and longer", "a", "second"));
        assertThat(folder.resolve("a")).hasContent("second");
    }

    @Test
    void aHardLinkIsACopy() {
        unpack(new Tars().file("a", "same").special("b", TarArchiveEntry.LF_LINK, "a").stream());
        assertThat(folder.resolve("b")).hasContent("same").isRegularFile();
    }

    @Test
    void aHardLinkToWhatIsNotInTheTarIsRefused() throws Exception {
        Files.writeString(outside.resolve("secret"), "secret");
        assertThat(refusal(new Tars().special("b", TarArchiveEntry.LF_LINK, "../secret").stream()))
                .isEqualTo("TAR_FORBIDDEN");
        assertThat(refusal(new Tars().special("b", TarArchiveEntry.LF_LINK, "nothing").stream()))
                .isEqualTo("TAR_FORBIDDEN");
        assertThat(refusal(new Tars().special("b", TarArchiveEntry.LF_LINK, "/etc/passwd").stream()))
                .isEqualTo("TAR_FORBIDDEN");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/evil", "../evil", "a/../../evil", "..", "a/..", "//evil"})
    void aNameThatLeavesTheFolderIsRefused(String name) {
        assertThat(refusal(Tars.of(name, "evil"))).isEqualTo("TAR_FORBIDDEN");
        assertThat(outside.resolve("evil")).doesNotExist();
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource({"l, target", "a/l, ../b/c", ".bin/l, ../pkg/bin/x.js", "l, ./here/there", "l, .", "a/b/l, ../.."})
    void aLinkInsideIsKept(String name, String target) throws Exception {
        unpack(new Tars().link(name, target).stream());
        assertThat(Files.readSymbolicLink(folder.resolve(name))).hasToString(target);
    }

    @ParameterizedTest
    @CsvSource({"l, /etc/passwd", "l, ..", "l, ../x", "a/l, ../../x", "l, a/../../x", "l, a/../b", "a/l, ../x/../../y"})
    void aLinkThatMayLeadOutsideIsRefused(String name, String target) {
        assertThat(refusal(new Tars().link(name, target).stream())).isEqualTo("TAR_FORBIDDEN");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void twoLinksThatClimbOutTogetherAreRefused() {
        // lexically deep/x leads to <folder>/foo; through the link it would lead out
        InputStream tar = new Tars().link("deep/up", "..").link("deep/x", "up/../foo").stream();
        assertThat(refusal(tar)).isEqualTo("TAR_FORBIDDEN");
    }

    @Test
    void nothingIsWrittenThroughALink() {
        InputStream tar = new Tars().link("l", "sub").file("l/file", "x").stream();
        assertThat(refusal(tar)).isEqualTo("TAR_FORBIDDEN");
    }

    @Test
    void aFileAfterALinkOfItsNameReplacesIt() {
        unpack(new Tars().link("a", "b").file("a", "mine").file("b", "other").stream());
        assertThat(folder.resolve("a")).hasContent("mine");
        assertThat(folder.resolve("b")).hasContent("other");
    }

    @ParameterizedTest
    @ValueSource(bytes = {TarArchiveEntry.LF_CHR, TarArchiveEntry.LF_BLK, TarArchiveEntry.LF_FIFO})
    void devicesAreRefused(byte kind) {
        assertThat(refusal(new Tars().special("dev", kind, "").stream())).isEqualTo("TAR_FORBIDDEN");
    }

    @Test
    void aNameThatIsBothFileAndFolderIsRefused() {
        assertThat(refusal(new Tars().folder("a", 0755).file("a", "x").stream()))
                .isEqualTo("TAR_FORBIDDEN");
        assertThat(refusal(new Tars().file("b", "x").folder("b", 0755).stream()))
                .isEqualTo("TAR_FORBIDDEN");
    }

    @Test
    void tooManyEntriesAreRefused() {
        Tars tars = new Tars();
        for (int i = 0; i < 21; i++) {
            tars.file("f" + i, "");
        }
        assertThat(Problems.of(() -> unpack(tars.stream())).message()).contains("more than 20 entries");
    }

    @Test
    void tooManyBytesAreRefusedEvenIfTheyPackWell() throws Exception {
        InputStream bomb = new Tars().file("zeros", new byte[100_001], 0644).gzip();
        assertThat(Problems.of(() -> unpack(bomb))).satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("TAR_TOO_LARGE");
            assertThat(problem.message()).contains("more than 100000 bytes");
        });
    }

    @Test
    void everyTruncationIsNoticed() {
        byte[] whole = new Tars().file("a", "x".repeat(700)).file("b", "y").bytes();
        // a: 512 header + 1024 content; b: 512 + 512; then two empty records
        for (int length = 0; length < 2560; length += 64) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThat(refusal(new ByteArrayInputStream(cut)))
                    .as("%d bytes", length)
                    .isEqualTo("TAR_BROKEN");
        }
    }

    @Test
    void aTruncatedGzipIsNoticed() throws Exception {
        byte[] whole = new Tars().file("a", "content").gzip().readAllBytes();
        byte[] cut = Arrays.copyOf(whole, whole.length - 12);
        assertThat(refusal(new ByteArrayInputStream(cut))).isEqualTo("TAR_BROKEN");
    }

    @Test
    void whatIsNoTarIsRefused() {
        assertThat(refusal(new ByteArrayInputStream(
                        "PK\3\4 this is a zip, or a web page".repeat(100).getBytes(UTF_8))))
                .isEqualTo("TAR_BROKEN");
    }

    @Test
    void aSenderThatGoesAwayIsToldApartFromADiskThatFails() throws Exception {
        InputStream gone = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }

            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                return read();
            }
        };
        assertThat(Problems.of(() -> unpack(gone)).message()).contains("connection reset");

        Files.delete(folder);
        Files.writeString(folder, "a file where the folder was");
        assertThatThrownBy(() -> unpack(Tars.of("a", "b"))).isInstanceOf(UncheckedIOException.class);
    }
}
