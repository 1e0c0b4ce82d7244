package dev.berth.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.berth.core.BerthException;
import dev.berth.core.InstanceRuntime.Instance;
import dev.berth.core.InstanceRuntime.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Programs that work in the files of their version, and not in a copy of them. */
@Tag("HO-55")
class InPlaceTest extends RuntimeFixture {
    private static final String WECHAT = "api.weixin.qq.com";
    private static final Path ELSEWHERE = Path.of("/.berth-test-in-place/token");

    @Test
    void theProgramWorksInTheFilesThemselvesAndHasAPlaceOfItsOwnForOthers() throws IOException {
        write("here", "of the version");
        Path link = Files.createSymbolicLink(temporary.resolve("link"), files);
        write(
                "look.sh",
                "pwd -P; cat here; echo; echo temporary >$TMPDIR/mine && cat $TMPDIR/mine; exec node server.js");

        Instance one = runtime.start(inPlace(of(link, request("sh", "look.sh"))));
        Instance two = runtime.start(inPlace(request("node", "server.js")));

        Path root = instances.toRealPath().resolve("running/instance-1");
        assertThat(log).containsExactly(files.toRealPath().toString(), "of the version", "temporary");
        assertThat(get(one, "/"))
                .contains("\"cwd\":\"" + files.toRealPath() + "\"")
                .contains(root + "/tmp");
        assertThat(get(two, "/"))
                .contains("\"cwd\":\"" + files.toRealPath() + "\"")
                .contains("instance-2/tmp");
        assertThat(root.resolve("tmp/mine")).exists();
        assertThat(root.resolve("files")).doesNotExist();
        end(one);
        assertThat(root).doesNotExist();
        assertThat(files.resolve("here")).hasContent("of the version");
    }

    @Test
    void nothingThatWasPreparedIsTaken() throws IOException {
        runtime.prepare(files);
        Path prepared = foldersIn("prepared").getFirst();

        runtime.start(inPlace(request("node", "server.js")));

        assertThat(foldersIn("prepared")).containsExactly(prepared);
    }

    @Test
    void aFileCannotBeWrittenWhereTheMachineCanPreventIt() throws IOException {
        assumeThat(runtime.privateFiles().possible())
                .as(runtime.privateFiles().reason())
                .isTrue();
        write("write.js", """
                const fs = require('fs'), path = require('path');
                for (const file of ['new', 'server.js', path.resolve('absolute'), path.join(__dirname, 'there')])
                  try { fs.writeFileSync(file, 'x'); console.log('written'); } catch (e) { console.log(e.code); }
                try { fs.rmSync('server.js'); console.log('removed'); } catch (e) { console.log(e.code); }
                fs.writeFileSync(process.env.TMPDIR + '/new', 'x');
                require('./server.js');
                """);
        Path program = write("program", "#!/bin/sh\nexec node write.js\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));

        runtime.start(inPlace(request("./program")));

        assertThat(log).containsExactly("EROFS", "EROFS", "EROFS", "EROFS", "EROFS");
        assertThat(files.resolve("server.js")).hasContent(SERVER);
        Files.writeString(files.resolve("by-the-server"), "x");
    }

    @Test
    void norCanWhatSeveralVersionsShare() throws IOException {
        assumeThat(runtime.privateFiles().possible())
                .as(runtime.privateFiles().reason())
                .isTrue();
        Path shared = Files.createDirectories(temporary.resolve("shared/node_modules"));
        Files.createDirectory(shared.resolve("greeting"));
        Files.writeString(shared.resolve("greeting/index.js"), "module.exports = 'hello'");
        Files.createSymbolicLink(files.resolve("node_modules"), files.relativize(shared));
        write("write.js", """
                const fs = require('fs');
                console.log(require('greeting'));
                for (const file of ['node_modules/new', require.resolve('greeting')])
                  try { fs.writeFileSync(file, 'x'); console.log('written'); } catch (e) { console.log(e.code); }
                require('./server.js');
                """);

        runtime.start(inPlace(request("node", "write.js")));

        assertThat(log).containsExactly("hello", "EROFS", "EROFS");
        assertThat(shared.resolve("greeting/index.js")).hasContent("module.exports = 'hello'");
        Files.writeString(shared.resolve("by-the-server"), "x");
    }

    @Test
    void aFileCannotBeWrittenEitherByWhoSeesOtherFiles() throws IOException {
        assumeThat(runtime.privateFiles().possible())
                .as(runtime.privateFiles().reason())
                .isTrue();
        Path token = Files.writeString(temporary.resolve("token"), "only here\n");
        write(
                "look.sh",
                "cat %s; head -n 1 /etc/hosts; pwd -P; echo x 2>&1 >new || echo no; exec node server.js"
                        .formatted(ELSEWHERE));
        var surroundings = new Surroundings(
                Map.of(WECHAT, "127.0.0.9"), Map.of(ELSEWHERE, token, temporary.resolve("beside/it"), token));

        Instance instance = runtime.start(inPlace(seeing(surroundings, request("sh", "look.sh"))));

        assertThat(log)
                .startsWith(
                        "only here", "127.0.0.9 " + WECHAT, files.toRealPath().toString())
                .endsWith("no")
                .anyMatch(line -> line.endsWith("Read-only file system"));
        assertThat(get(instance, "/")).contains("\"cwd\":\"" + files.toRealPath() + "\"");
        assertThat(files.resolve("new")).doesNotExist();
    }

    @Test
    void whatIsLeftOfAKilledOneIsFoundThoughItWorksElsewhere() throws Exception {
        Path folder = Files.createDirectory(temporary.resolve("doomed")).toRealPath();
        OtherServer doomed = OtherServer.start(folder, files);
        doomed.order("in-place");
        doomed.hears("in-place");
        doomed.order("start", "one", "sh", "-c", "setsid sleep 600 & echo $!; exec node server.js");
        doomed.hears("ready one");
        await().until(() -> doomed.pids().size() == 1);

        doomed.kill();

        await().until(() -> doomed.remains().isEmpty());
        assertThat(doomed.pids()).noneMatch(RuntimeFixture::isRunning);
        assertThat(files.resolve("server.js")).exists();
        assertThat(Path.of("/proc/self/mountinfo")).content().doesNotContain(files.toString());
    }

    @Test
    void filesThatAreGoneAreNamed() throws IOException {
        assertThatThrownBy(() -> runtime.start(inPlace(of(temporary.resolve("gone"), request("node", "x")))))
                .isInstanceOf(BerthException.class)
                .hasMessageContaining("gone");
        assertThat(foldersIn("running")).isEmpty();
    }

    private static void end(Instance instance) {
        instance.stop(Duration.ofSeconds(5));
        instance.exited().toCompletableFuture().join();
    }
}
