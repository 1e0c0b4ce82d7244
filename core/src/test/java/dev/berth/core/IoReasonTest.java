package dev.berth.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IoReasonTest {
    @TempDir
    Path folder;

    @Test
    void saysWhatIsWrongWithWhichFile() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        Path below = file.resolve("below");
        Path absent = folder.resolve("absent");
        assertThat(IoReason.of(catchThrowableOfType(IOException.class, () -> Files.readString(absent))))
                .isEqualTo(absent + ": no such file or folder");
        assertThat(IoReason.of(catchThrowableOfType(IOException.class, () -> Files.createDirectory(file))))
                .isEqualTo(file + ": a file of this name is there already");
        assertThat(IoReason.of(catchThrowableOfType(IOException.class, () -> Files.writeString(below, "x"))))
                .isEqualTo(below + ": Not a directory");
        assertThat(IoReason.of(new AccessDeniedException("/srv/data"))).isEqualTo("/srv/data: permission denied");
        assertThat(IoReason.of(new FileSystemException("/srv/data", null, "Read-only file system")))
                .isEqualTo("/srv/data: Read-only file system");
        assertThat(IoReason.of(new FileSystemException("/srv/data"))).isEqualTo("/srv/data");
    }

    @Test
    void saysWhatItIsToldOfOthers() {
        assertThat(IoReason.of(new IOException("Stream closed"))).isEqualTo("Stream closed");
        assertThat(IoReason.of(new IOException())).isEqualTo("IOException");
    }
}
