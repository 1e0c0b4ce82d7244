package dev.berth.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.berth.core.BerthException;
import dev.berth.core.InstanceRuntime.Instance;
import dev.berth.core.InstanceRuntime.Surroundings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An instance sees names and files that the machine does not. */
class OwnFilesTest extends RuntimeFixture {
    private static final String WECHAT = "api.weixin.qq.com";
    /** Nobody else knows it (RFC 6761). */
    private static final String INVALID = "only-here.invalid";

    private static final Path TOKEN_FOLDER = Path.of("/.berth-test-cloudbase/wx");
    private Path tokens;
    private Path token;

    @BeforeEach
    void needsNamespaces() throws IOException {
        OwnIdentity server = OwnIdentity.ofServer();
        if (server.isRoot() && server.mayAdminister()) {
            assertThat(runtime.privateFiles().reason()).isEqualTo("as root, by unshare");
        }
        assumeThat(runtime.privateFiles().possible())
                .as(runtime.privateFiles().reason())
                .isTrue();
        tokens = Files.createDirectory(temporary.resolve("the token's folder"));
        token = tokens.resolve("token");
        Files.writeString(token, "first");
    }

    @ParameterizedTest
    @Tag("OA-1")
    @CsvSource(delimiter = '|', textBlock = """
            getent  | getent hosts NAME
            node    | node -e "require('dns').lookup('NAME', (e, a) => console.log(a))"
            python3 | python3 -c "import socket; print(socket.gethostbyname('NAME'))"
            java    | java Resolve.java NAME
            curl    | curl -sv --max-time 5 http://NAME:1/
            """)
    void programsFindTheNameWhereTheInstanceHasIt(String program, String look) throws IOException {
        assumeThat(Program.find(program, files, InstanceEnvironment.pathOfServer()))
                .isPresent();
        write("Resolve.java", """
                class Resolve {
                    public static void main(String[] name) throws Exception {
                        System.out.println(java.net.InetAddress.getByName(name[0]).getHostAddress());
                    }
                }
                """);
        for (String name : List.of(WECHAT, INVALID)) {
            log.clear();
            String script = "{ %s; } 2>&1; exec node server.js".formatted(look.replace("NAME", name));

            Instance instance = runtime.start(seeing(names(name, "127.0.0.77"), request("sh", "-c", script)));

            assertThat(log).as(name).anyMatch(line -> line.contains("127.0.0.77"));
            end(instance);
        }
        assertThatThrownBy(() -> InetAddress.getAllByName(INVALID)).isInstanceOf(UnknownHostException.class);
    }

    @Test
    @Tag("OA-9")
    void twoInstancesSeeDifferentAddresses() throws IOException {
        byte[] before = Files.readAllBytes(HostsFile.OF_MACHINE);
        write("hosts.js", SERVER.replace("JSON.stringify", "fs.readFileSync('/etc/hosts') + JSON.stringify"));

        Instance one = runtime.start(seeing(names(WECHAT, "127.0.0.11"), request("node", "hosts.js")));
        Instance two = runtime.start(seeing(names(WECHAT, "127.0.0.12"), request("node", "hosts.js")));
        Instance none = runtime.start(request("node", "hosts.js"));

        assertThat(get(one, "/")).startsWith("127.0.0.11 " + WECHAT + "\n").contains("localhost");
        assertThat(get(two, "/")).startsWith("127.0.0.12 " + WECHAT + "\n");
        assertThat(get(none, "/")).doesNotContain(WECHAT);
        assertThat(Files.readAllBytes(HostsFile.OF_MACHINE)).isEqualTo(before);
    }

    @Test
    @Tag("OA-26")
    void filesAreSeenWhereTheMachineHasNothing() throws IOException {
        write("token.js", SERVER.replace("s.end(", "s.end(fs.readFileSync('%s/token') + ".formatted(TOKEN_FOLDER)));
        var files = Map.of(TOKEN_FOLDER, tokens, Path.of("/.berth-test-app/cert/certificate.crt"), token);
        String script = "cat /.berth-test-app/cert/certificate.crt; echo; ls -A / | tr '\\n' ' '; echo;"
                + " echo x 2>&1 >%s/token; exec node token.js".formatted(TOKEN_FOLDER);

        Instance instance = runtime.start(seeing(new Surroundings(Map.of(), files), request("sh", "-c", script)));

        assertThat(log.getFirst()).isEqualTo("first");
        assertThat(log.get(1)).contains(".berth-test-cloudbase", ".berth-test-app", "proc", "usr");
        assertThat(log.get(2)).contains("Read-only file system");
        assertThat(get(instance, "/")).startsWith("first");
        Files.move(
                Files.writeString(token.resolveSibling("next"), "second"), token, StandardCopyOption.REPLACE_EXISTING);
        assertThat(get(instance, "/")).startsWith("second");
        assertThat(List.of(Path.of("/.berth-test-cloudbase"), Path.of("/.berth-test-app")))
                .noneMatch(Files::exists);
    }

    @Test
    void withARootOfItsOwnTheRestIsTheMachines() throws IOException {
        Path elsewhere = Files.writeString(temporary.resolve("elsewhere"), "seen\n");
        Path script = write("look", """
                #!/bin/sh
                pwd; pwd -P; readlink /proc/self/cwd; echo $$; cut -d ' ' -f 1 /proc/self/stat | wc -l
                echo pipe | cat /dev/fd/0
                id -u; id -g; readlink /proc/self/ns/pid; readlink /proc/self/root
                cat ../../../../elsewhere; cat %s; echo written >%s.back
                touch /dev/shm/berth-test-$$ && rm /dev/shm/berth-test-$$ && echo shared memory
                : >/tmp/berth-test-$$ && rm /tmp/berth-test-$$ && : </dev/null && ls -d /proc/$PPID >/dev/null && echo all
                exec node server.js
                """.formatted(elsewhere, elsewhere));
        assertThat(script.toFile().setExecutable(true)).isTrue();
        Path copy = instances.toRealPath().resolve("running/instance-1/files");

        Instance instance = runtime.start(seeing(nameAndToken(), request("./look")));

        OwnIdentity server = OwnIdentity.ofServer();
        assertThat(log)
                .containsExactly(
                        copy.toString(),
                        copy.toString(),
                        copy.toString(),
                        String.valueOf(instance.pid()),
                        "1",
                        "pipe",
                        String.valueOf(server.uid()),
                        String.valueOf(server.gid()),
                        Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString(),
                        "/",
                        "seen",
                        "seen",
                        "shared memory",
                        "all");
        assertThat(Path.of(elsewhere + ".back")).hasContent("written");
        assertThat(Files.readSymbolicLink(Path.of("/proc/%d/cwd".formatted(instance.pid()))))
                .isEqualTo(copy);
        assertThat(get(instance, "/")).contains("\"cwd\":\"" + copy + "\"");
    }

    @Test
    void aFolderOfTheMachineIsCompletedForTheInstanceAlone() throws IOException {
        Path there = Files.createDirectories(temporary.resolve("there/with space"));
        Files.writeString(there.resolve("file"), "of the machine");
        Files.createSymbolicLink(there.resolve("link"), Path.of("file"));
        Path below = Files.createDirectory(there.resolve("below"));
        Path through = Files.createSymbolicLink(temporary.resolve("through"), there);
        var files =
                Map.of(through.resolve("deep/token"), token, below.resolve("wx"), tokens, there.resolve("file"), token);
        String script =
                "cd '%s' && cat link deep/token below/wx/token && echo && ls | tr '\\n' ' ' && echo && echo x >below/made; cd - >/dev/null; exec node server.js"
                        .formatted(there);

        runtime.start(seeing(new Surroundings(Map.of(), files), request("sh", "-c", script)));

        assertThat(log).containsExactly("firstfirstfirst", "below deep file link ");
        assertThat(there.resolve("file")).hasContent("of the machine");
        assertThat(there).isDirectoryNotContaining("glob:**/deep");
        assertThat(below.resolve("wx")).doesNotExist();
    }

    @Test
    void whatDoesNotExistCannotBeSeen() {
        var files = Map.of(TOKEN_FOLDER, temporary.resolve("nothing"));

        assertThatThrownBy(() -> runtime.start(seeing(new Surroundings(Map.of(), files), request("node", "server.js"))))
                .isInstanceOfSatisfying(
                        BerthException.class,
                        e -> assertThat(e.problem().code() + ": " + e.problem().message())
                                .isEqualTo(
                                        "START_FAILED: `node server.js` could not be given files of its own: %s, to be seen as %s, does not exist"
                                                .formatted(temporary.resolve("nothing"), TOKEN_FOLDER)));
    }

    @Test
    void aMountThatFailsIsTold() throws IOException {
        var files = Map.of(TOKEN_FOLDER, tokens, TOKEN_FOLDER.resolve("token/below"), token);

        assertThatThrownBy(() -> runtime.start(seeing(new Surroundings(Map.of(), files), request("node", "server.js"))))
                .isInstanceOfSatisfying(
                        BerthException.class,
                        e -> assertThat(e.problem().message())
                                .startsWith("`node server.js` could not be given files of its own: "));
    }

    @Test
    void afterAKillOfTheServerNoMountIsLeft() throws Exception {
        Path folder = Files.createDirectory(temporary.resolve("doomed")).toRealPath();
        OtherServer doomed = OtherServer.start(folder, files);
        doomed.order("own", WECHAT, "127.0.0.9", TOKEN_FOLDER.toString(), tokens.toString());
        doomed.hears("own");
        doomed.order(
                "start", "one", "sh", "-c", "sleep 600 & echo $!; setsid sleep 600 & echo $!; exec node server.js");
        long program = Long.parseLong(doomed.hears("ready one").split(" ", -1)[2]);
        await().until(() -> doomed.pids().size() == 2);
        assertThat(ProcessTable.read(program, "mounts")).contains(TOKEN_FOLDER.toString());
        String namespace = namespaceOf(program);
        assertThat(doomed.remains().stream().filter(pid -> namespaceOf(pid).equals(namespace)))
                .hasSizeGreaterThan(3);

        doomed.kill();

        await().until(() -> doomed.remains().isEmpty());
        assertThat(doomed.pids()).noneMatch(RuntimeFixture::isRunning);
        assertThat(ProcessTable.all().mapToObj(OwnFilesTest::namespaceOf)).doesNotContain(namespace);
        assertThat(Path.of("/proc/self/mountinfo")).content().doesNotContain(folder.toString());
    }

    private Surroundings nameAndToken() {
        return new Surroundings(Map.of(WECHAT, "127.0.0.9"), Map.of(TOKEN_FOLDER, tokens));
    }

    private static Surroundings names(String name, String address) {
        return new Surroundings(Map.of(name, address), Map.of());
    }

    private static void end(Instance instance) {
        instance.stop(Duration.ofSeconds(10));
        instance.exited().toCompletableFuture().join();
    }

    private static String namespaceOf(long pid) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/%d/ns/mnt".formatted(pid)))
                    .toString();
        } catch (IOException gone) {
            return "";
        }
    }
}
