package dev.berth.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreesTest {
    @TempDir
    Path temp;

    private Path tree;

    @BeforeEach
    void grow() throws IOException {
        tree = temp.resolve("tree");
        Files.createDirectories(tree.resolve("branch"));
        Files.writeString(tree.resolve("branch/leaf"), "green");
        Files.writeString(temp.resolve("outside"), "untouched");
        Files.createSymbolicLink(tree.resolve("link"), Path.of("../outside"));
    }

    @Test
    void whatIsProtectedCannotBeWrittenAndStillBeDeleted() throws Exception {
        Trees.protect(tree);
        assertThat(FileModes.of(tree.resolve("branch/leaf")) & 0222).isZero();
        assertThat(FileModes.of(tree.resolve("branch")) & 0222).isZero();
        assertThat(FileModes.of(temp.resolve("outside")) & 0200).isNotZero();
        Trees.delete(tree);
        assertThat(tree).doesNotExist();
        assertThat(temp.resolve("outside")).hasContent("untouched");
    }

    @Test
    void whoStillWritesHindersNoSweep() throws Exception {
        AtomicBoolean end = new AtomicBoolean();
        CountDownLatch writing = new CountDownLatch(1);
        Thread orphan = Thread.ofPlatform().start(() -> {
            for (int i = 0; !end.get(); i++) {
                try {
                    Files.createDirectories(tree.resolve("branch"));
                    Files.writeString(tree.resolve("branch/" + i % 1000), "more");
                } catch (IOException swept) {
                    continue;
                }
                writing.countDown();
            }
        });
        writing.await();
        for (int i = 0; i < 100; i++) {
            Trees.sweep(tree);
        }
        end.set(true);
        orphan.join();
        Trees.sweep(tree);
        assertThat(tree).doesNotExist();
    }

    @Test
    void aTreeIsPlacedWithAllThatIsInIt() throws Exception {
        FileModes.set(tree, 0700);
        Path target = temp.resolve("place");
        Trees.place(tree, target);
        assertThat(tree).doesNotExist();
        assertThat(target.resolve("branch/leaf")).hasContent("green");
        assertThat(target.resolve("link")).isSymbolicLink();
        assertThat(FileModes.of(target)).as("others may read it").isEqualTo(0755);
    }
}
