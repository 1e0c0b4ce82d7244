package dev.berth.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.InstanceRuntime.Instance;
import dev.berth.core.InstanceRuntime.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that do to their log, their files and themselves what they should not. */
class HostileProgramTest extends RuntimeFixture {
    private static final int FLOOD = 100_000_000;

    @ParameterizedTest
    @ValueSource(strings = {"head -c 100000000 /dev/zero", "yes 'a line of the flood' | head -c 100000000"})
    void aFloodIsPassedOnInBoundedPieces(String flood) {
        var longest = new AtomicInteger();
        var bytes = new AtomicLong();
        Request r = within(Duration.ofMinutes(2), request("sh", "-c", flood + "; exec node server.js"));

        Instance instance = runtime.start(
                new Request(r.instanceId(), r.files(), r.command(), r.variables(), r.port(), r.readyWithin(), line -> {
                    longest.accumulateAndGet(line.length(), Math::max);
                    bytes.addAndGet(line.length());
                }));

        assertThat(get(instance, "/")).contains("cwd");
        assertThat(longest.get()).isLessThanOrEqualTo(LineSplitter.LONGEST);
        assertThat(bytes.get()).isGreaterThan(FLOOD - FLOOD / 10);
    }

    @Test
    void aFloodDoesNotDelayTheEnd() throws Exception {
        Instance instance = runtime.start(request("sh", "-c", "yes 2>&1 & exec node server.js"));

        end(instance);
    }

    @Test
    void aProgramMayCloseItsOutput() throws Exception {
        Instance instance = runtime.start(request("sh", "-c", "echo last; exec >&- 2>&-; exec node server.js"));

        assertThat(get(instance, "/")).contains("cwd");
        assertThat(log).containsExactly("last");
        end(instance);
    }

    @Test
    @Tag("HO-36")
    void aProgramMayRemoveItsFolder() throws Exception {
        Instance instance = runtime.start(
                request(
                        "sh",
                        "-c",
                        "rm -rf \"$(dirname \"$PWD\")\" 2>&1; cd /; setsid sleep 600 & echo $!;"
                                + " exec node -e 'require(`http`).createServer((q, s) => s.end(`alive`)).listen(process.env.PORT)'"));

        assertThat(get(instance, "/")).isEqualTo("alive");
        end(instance);
        assertThat(isRunning(Long.parseLong(log.getLast()))).isFalse();
    }

    @Test
    @Tag("HO-36")
    void foldersNestedDeeperThanAPathMayBeAreRemoved() throws Exception {
        Instance instance = runtime.start(request("sh", "-c", """
                python3 -c "import os
                for i in range(1500): os.mkdir('d' * 200); os.chdir('d' * 200)
                open('leaf', 'w').close()"
                exec node server.js
                """));

        end(instance);
        runtime.close();

        assertThat(foldersIn("removing")).isEmpty();
    }

    @Test
    @Tag("HO-36")
    void manyFilesDoNotDelayTheEnd() throws Exception {
        Instance instance = runtime.start(request("sh", "-c", """
                python3 -c "import os
                for i in range(20000): open(os.environ['TMPDIR'] + '/' + str(i), 'w').close()"
                exec node server.js
                """));

        end(instance);
        runtime.close();

        assertThat(foldersIn("running")).isEmpty();
        assertThat(foldersIn("removing")).isEmpty();
    }

    @Test
    @Tag("HO-36")
    void foldersWithoutPermissionsAreRemovedByAnOrdinaryUser() throws Exception {
        Path folder = temporary.resolve("ordinary");
        // Root without its right to go everywhere; for an ordinary user, nothing changes.
        String[] ordinary = "root".equals(System.getProperty("user.name"))
                ? new String[] {"setpriv", "--bounding-set=-dac_override,-dac_read_search"}
                : new String[0];
        try (var server = OtherServer.start(folder, files, ordinary)) {
            server.order(
                    "start",
                    "one",
                    "sh",
                    "-c",
                    "mkdir -p a/b; touch a/b/c; chmod 000 a/b a; ls a || echo locked; cd /; chmod 500 \"$OLDPWD\" \"$HOME/..\";"
                            + " exec node -e 'require(`http`).createServer().listen(process.env.PORT)'");
            server.hears("ready one");
            server.hears("log one locked");
            server.order("stop", "one", "5000");
            server.hears("ended one");
            assertThat(folder.resolve("running")).isEmptyDirectory();
        }
        assertThat(folder.resolve("removing")).isEmptyDirectory();
    }

    @Test
    void linesThatAreNoTextDoNotEndTheLog() throws IOException {
        runtime.start(request("sh", "-c", "head -c 300000 /dev/urandom; echo; echo after; exec node server.js"));

        assertThat(log).contains("after");
        assertThat(log).allMatch(line -> line.length() <= LineSplitter.LONGEST);
        assertThat(Files.exists(instances.resolve("running/instance-1"))).isTrue();
    }

    private static void end(Instance instance) throws Exception {
        instance.stop(Duration.ofSeconds(5));
        instance.exited().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
}
