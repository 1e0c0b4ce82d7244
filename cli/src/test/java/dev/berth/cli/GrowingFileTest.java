package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrowingFileTest {
    @TempDir
    Path folder;

    @Test
    void givesEachLineOnceWhenItIsWholeAlsoWhenACharacterIsCut() throws Exception {
        Path file = Files.createFile(folder.resolve("up.log"));
        GrowingFile growing = new GrowingFile(file);
        assertThat(growing.lines()).isEmpty();
        byte[] text = "安装: npm\n云泊 is up\nlast".getBytes(StandardCharsets.UTF_8);
        Files.write(file, Arrays.copyOf(text, 4));
        assertThat(growing.lines()).isEmpty();
        Files.write(file, Arrays.copyOf(text, 14));
        assertThat(growing.lines()).isEqualTo("安装: npm\n");
        assertThat(growing.lines()).isEmpty();
        Files.write(file, Arrays.copyOfRange(text, 14, text.length), StandardOpenOption.APPEND);
        assertThat(growing.lines()).isEqualTo("云泊 is up\n");
        assertThat(growing.rest()).isEqualTo("last");
        assertThat(growing.rest()).isEmpty();
    }
}
