package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.artifacts.Trees;
import dev.berth.cli.FunctionChange.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** On a real file system. What must not be told is followed by a change that is told: that alone arrives. */
@Timeout(60)
class FunctionWatchTest {
    @TempDir
    Path temp;

    private final BlockingQueue<List<FunctionChange>> told = new LinkedBlockingQueue<>();
    private Path root;
    private FunctionWatch watch;

    @BeforeEach
    void start() throws IOException {
        root = temp.toRealPath().resolve("cloudfunctions");
        file("sum/index.js", "1");
        file("sum/lib/deep/a.js", "1");
        file("sum/node_modules/sdk/index.js", "1");
        file("login/index.js", "1");
        watch = watching(root);
    }

    @AfterEach
    void stop() {
        watch.close();
    }

    private FunctionWatch watching(Path folder) {
        return new FunctionWatch(
                FunctionFolders.find(folder, false, Optional.empty()).orElseThrow(), Duration.ofMillis(200), told::add);
    }

    private void file(String name, String content) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, content);
    }

    private FunctionChange change(String name, Kind kind) {
        return new FunctionChange(name, root.resolve(name), kind);
    }

    private List<FunctionChange> next() throws InterruptedException {
        List<FunctionChange> next = told.poll(20, TimeUnit.SECONDS);
        assertThat(next).as("something is told").isNotNull();
        return next;
    }

    @Test
    void aBurstOfSavesIsToldOnceWithAllFunctionsInIt() throws Exception {
        for (int i = 0; i < 20; i++) {
            file("sum/index.js", "x".repeat(i));
            file("sum/lib/deep/a.js", "x".repeat(i));
        }
        file("login/index.js", "2");
        assertThat(next()).containsExactly(change("login", Kind.CHANGED), change("sum", Kind.CHANGED));
        file("sum/index.js", "end");
        assertThat(next()).as("nothing came between").containsExactly(change("sum", Kind.CHANGED));
    }

    @Test
    void anEditorThatReplacesTheFileIsSeen() throws Exception {
        file("sum/.index.js.swp", "x");
        file("sum/index.js~", "2");
        Files.move(root.resolve("sum/index.js~"), root.resolve("sum/index.js"), StandardCopyOption.REPLACE_EXISTING);
        Files.delete(root.resolve("sum/.index.js.swp"));
        assertThat(next()).containsExactly(change("sum", Kind.CHANGED));
    }

    @Test
    void installedModulesAndWhatLiesBesideTheFunctionsIsIgnored() throws Exception {
        file("sum/node_modules/sdk/index.js", "2");
        file("sum/node_modules/new/deep/index.js", "2");
        file("login/node_modules/sdk/index.js", "2");
        file("README.md", "2");
        Files.delete(root.resolve("README.md"));
        file("login/index.js", "2");
        assertThat(next()).containsExactly(change("login", Kind.CHANGED));
        assertThat(told).isEmpty();
    }

    @Test
    void aNewFunctionIsSeenAsSoonAsItHasItsHandler() throws Exception {
        file("fresh/package.json", "{}");
        file("sum/index.js", "2");
        assertThat(next()).as("fresh is no function yet").containsExactly(change("sum", Kind.CHANGED));
        file("fresh/index.js", "1");
        assertThat(next()).containsExactly(change("fresh", Kind.CHANGED));
        file("fresh/lib/new.js", "1");
        assertThat(next()).containsExactly(change("fresh", Kind.CHANGED));
        file("fresh/lib/new.js", "2");
        assertThat(next()).as("in a folder made later").containsExactly(change("fresh", Kind.CHANGED));
    }

    @Test
    void aFunctionWhoseFolderIsGoneIsTold() throws Exception {
        Files.move(root.resolve("login"), temp.resolve("aside"));
        assertThat(next()).containsExactly(change("login", Kind.GONE));
        Files.move(temp.resolve("aside"), root.resolve("login"));
        assertThat(next()).containsExactly(change("login", Kind.CHANGED));
        file("login/index.js", "3");
        assertThat(next()).containsExactly(change("login", Kind.CHANGED));
    }

    /** As a build that cleans its output, or a git checkout to another branch and back. */
    @Test
    void aRootThatIsDeletedAndMadeAgainIsFollowed() throws Exception {
        Trees.delete(root);
        assertThat(next()).containsExactly(change("login", Kind.GONE), change("sum", Kind.GONE));
        file("sum/index.js", "2");
        assertThat(next()).containsExactly(change("sum", Kind.CHANGED));
        file("sum/index.js", "3");
        assertThat(next()).containsExactly(change("sum", Kind.CHANGED));
    }

    @Test
    void aFolderThatTakesThePlaceOfTheRootIsFollowed() throws Exception {
        file("../other/sum/index.js", "2");
        Files.move(root, temp.resolve("aside"));
        Files.move(temp.toRealPath().resolve("other"), root);
        await().untilAsserted(() ->
                assertThat(told).anySatisfy(changes -> assertThat(changes).contains(change("sum", Kind.CHANGED))));
        told.clear();
        file("sum/index.js", "3");
        assertThat(next()).containsExactly(change("sum", Kind.CHANGED));
    }

    @Test
    void aFunctionWithoutItsHandlerIsToldOnce() throws Exception {
        Files.delete(root.resolve("login/index.js"));
        assertThat(next()).containsExactly(change("login", Kind.WITHOUT_HANDLER));
        file("login/other.js", "1");
        file("sum/index.js", "2");
        assertThat(next()).containsExactly(change("sum", Kind.CHANGED));
        file("login/index.js", "2");
        assertThat(next()).containsExactly(change("login", Kind.CHANGED));
        Files.delete(root.resolve("login/index.js"));
        assertThat(next()).containsExactly(change("login", Kind.WITHOUT_HANDLER));
    }

    @Test
    void aSingleFunctionIsWatchedToo() throws Exception {
        try (FunctionWatch single = watching(root.resolve("sum"))) {
            assertThat(single).isNotNull();
            watch.close();
            file("sum/lib/deep/b.js", "1");
            assertThat(next()).containsExactly(change("sum", Kind.CHANGED));
        }
    }

    @Test
    void nothingIsToldAfterTheEnd() throws Exception {
        watch.close();
        file("sum/index.js", "2");
        try (FunctionWatch other = watching(root)) {
            assertThat(other).isNotNull();
            file("login/index.js", "2");
            assertThat(next()).containsExactly(change("login", Kind.CHANGED));
        }
        assertThat(told).isEmpty();
    }

    @Test
    void aReceiverThatFailsIsToldTheNextChangeAllTheSame() throws Exception {
        BlockingQueue<List<FunctionChange>> seen = new LinkedBlockingQueue<>();
        watch.close();
        try (FunctionWatch failing = new FunctionWatch(
                FunctionFolders.find(root, false, Optional.empty()).orElseThrow(), Duration.ofMillis(50), changes -> {
                    seen.add(changes);
                    throw new IllegalStateException("on purpose");
                })) {
            assertThat(failing).isNotNull();
            file("sum/index.js", "2");
            await().until(() -> seen.size() == 1);
            file("login/index.js", "2");
            await().until(() -> seen.size() == 2);
            assertThat(seen).contains(List.of(change("login", Kind.CHANGED)));
        }
    }
}
