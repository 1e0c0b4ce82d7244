package dev.berth.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.BerthException;
import dev.berth.core.InstanceRuntime.Instance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class WorkingCopyTest extends RuntimeFixture {
    @Test
    @Tag("HO-36")
    void whatAnInstanceWritesIsItsOwnAndVanishesWithIt() throws Exception {
        runtime.prepare(files);
        Instance writer = runtime.start(request("node", "server.js"));
        Instance other = runtime.start(request("node", "server.js"));

        assertThat(post(writer, "/")).contains("written");
        assertThat(get(other, "/")).doesNotContain("written");
        assertThat(files.resolve("written")).doesNotExist();

        end(writer);
        assertThat(instances.resolve("running/instance-1")).doesNotExist();
        assertThat(get(runtime.start(request("node", "server.js")), "/")).doesNotContain("written");
    }

    @Test
    void aPreparedCopyIsTakenByTheNextStart() throws Exception {
        runtime.prepare(files);
        runtime.prepare(files);
        assertThat(foldersIn("prepared")).hasSize(1);
        Object inode = inode(foldersIn("prepared").getFirst());

        Instance instance = runtime.start(request("node", "server.js"));

        assertThat(foldersIn("prepared")).isEmpty();
        assertThat(inode(instances.resolve("running/instance-1"))).isEqualTo(inode);
        end(instance);
    }

    @Test
    void aDiscardedCopyIsRemoved() throws IOException {
        runtime.prepare(files);
        runtime.discard(files);

        assertThat(foldersIn("prepared")).isEmpty();
    }

    @Test
    void keepsModesAndLinks() throws IOException {
        Path tool = write("tool", "#!/bin/sh\n");
        Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-x--x"));
        Files.createSymbolicLink(files.resolve("relative"), Path.of("tool"));
        Files.createSymbolicLink(files.resolve("absolute"), tool.toAbsolutePath());
        Files.createSymbolicLink(files.resolve("outside"), Path.of("/etc"));
        Files.createSymbolicLink(files.resolve("dangling"), Path.of("nothing"));
        Path locked = Files.createDirectory(files.resolve("locked"));
        Files.writeString(locked.resolve("inner"), "x");
        Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r-xr-xr-x"));

        Path copy = temporary.resolve("copy");
        TreeCopy.copy(files, copy);

        assertThat(Files.getPosixFilePermissions(copy.resolve("tool")))
                .isEqualTo(PosixFilePermissions.fromString("rwxr-x--x"));
        assertThat(Files.getPosixFilePermissions(copy.resolve("locked")))
                .isEqualTo(PosixFilePermissions.fromString("r-xr-xr-x"));
        assertThat(Files.readSymbolicLink(copy.resolve("relative"))).hasToString("tool");
        assertThat(copy.resolve("absolute").toRealPath())
                .isEqualTo(copy.toRealPath().resolve("tool"));
        assertThat(Files.readSymbolicLink(copy.resolve("outside"))).hasToString("/etc");
        assertThat(Files.isSymbolicLink(copy.resolve("dangling"))).isTrue();

        TreeRemoval.remove(copy);
        assertThat(Files.exists(copy, LinkOption.NOFOLLOW_LINKS)).isFalse();
        assertThat(tool).exists();
    }

    @Test
    void aVersionWithoutFilesIsNamed() {
        assertThatThrownBy(() -> runtime.prepare(temporary.resolve("gone")))
                .isInstanceOf(BerthException.class)
                .hasMessageContaining("gone");
    }

    @Test
    void leftoversOfAKilledServerAreRemoved() throws IOException {
        Path leftover = Files.createDirectories(instances.resolve("running/dead/files"));
        Files.writeString(leftover.resolve("data"), "x");

        new ProcessRuntime(instances, PORTS).close();

        assertThat(foldersIn("running")).isEmpty();
    }

    private static void end(Instance instance) throws Exception {
        instance.stop(Duration.ofSeconds(5));
        instance.exited().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private static Object inode(Path path) throws IOException {
        return Files.getAttribute(path, "unix:ino");
    }
}
