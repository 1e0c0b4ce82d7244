package dev.berth.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VersionFoldersTest {
    private static final ArtifactId FIRST = new ArtifactId("prod-01", "demo", "demo-001");
    private static final ArtifactId SECOND = new ArtifactId("prod-01", "demo", "demo-002");

    @TempDir
    Path data;

    private Path root;
    private VersionFolders folders;

    @BeforeEach
    void open() throws IOException {
        root = data.toRealPath().resolve("versions");
        folders = new VersionFolders(root);
    }

    private void place(ArtifactId id) throws IOException {
        Path incoming = folders.newIncoming();
        Files.writeString(incoming.resolve("content"), id.version());
        folders.place(incoming, id);
    }

    @Test
    void whatIsPlacedIsThereAsAWholeAndNoLongerIncoming() throws Exception {
        place(FIRST);
        assertThat(folders.filesOf(FIRST)).isEqualTo(root.resolve("prod-01/demo/demo-001"));
        assertThat(folders.filesOf(FIRST).resolve("content")).hasContent("demo-001");
        assertThat(FileModes.of(folders.filesOf(FIRST))).isEqualTo(0755);
        assertThat(root.toFile().list()).containsExactly("prod-01");
    }

    @Test
    void aPartOfAnUploadCanBePlaced() throws Exception {
        Path incoming = folders.newIncoming();
        Files.createDirectory(incoming.resolve("part"));
        folders.place(incoming.resolve("part"), FIRST);
        assertThat(folders.filesOf(FIRST)).isEmptyDirectory();
        assertThat(incoming).isEmptyDirectory();
    }

    @Test
    void theSweepLeavesWhatIsKnown() throws Exception {
        place(FIRST);
        place(SECOND);
        place(new ArtifactId("prod-01", "gone", "gone-001"));
        Path incoming = folders.newIncoming();
        List<String> asked = new ArrayList<>();
        folders.sweep((environmentId, name, found) -> {
            asked.add(environmentId + " " + name + " " + found.size());
            return name.equals("demo") ? Set.of("demo-002", "demo-003") : Set.of();
        });
        assertThat(asked).containsExactlyInAnyOrder("prod-01 demo 2", "prod-01 gone 1");
        assertThat(folders.folderOf("prod-01", "demo").toFile().list()).containsExactly("demo-002");
        assertThat(folders.folderOf("prod-01", "gone")).doesNotExist();
        assertThat(incoming).doesNotExist();
    }
}
