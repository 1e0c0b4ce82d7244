package dev.berth.functions;

import static dev.berth.functions.FunctionRoom.CODE;
import static dev.berth.functions.FunctionRoom.NEEDS_SDK;
import static dev.berth.functions.FunctionRoom.SUM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} of a server while npm installs for a function. */
@Timeout(60)
class KilledDeploymentTest {
    @TempDir
    Path temp;

    private final List<ProcessHandle> started = new ArrayList<>();

    /** A server that deploys one function, and never gets to the end. */
    static final class Server {
        private Server() {}

        public static void main(String[] temp) throws IOException {
            new FunctionRoom(Path.of(temp[0])).deploy("index.js", CODE, "package.json", NEEDS_SDK);
        }
    }

    @AfterEach
    void end() {
        started.forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void theNextServerFindsNothingOfIt() throws Exception {
        Path script = temp.resolve("npm");
        Path pid = temp.resolve("npm.pid");
        Files.writeString(
                script,
                "#!/bin/sh\nmkdir -p node_modules/half\necho $$ > '%s.new'; mv '%s.new' '%s'\nexec sleep 1000\n"
                        .formatted(pid, pid, pid));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        Process server = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Server.class.getName(),
                        temp.toString())
                .inheritIO()
                .start();
        started.add(server.toHandle());
        await().until(() -> Files.exists(pid));
        ProcessHandle npm =
                ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();
        started.add(npm);
        assertThat(temp.resolve("data/function-modules")).isNotEmptyDirectory();
        server.destroyForcibly().waitFor();

        Files.delete(script);
        FunctionRoom next = new FunctionRoom(temp);
        assertThat(npm.isAlive()).as("npm outlives a killed server").isTrue();
        assertThat(next.left()).isEmpty();
        assertThat(next.sets()).isEmpty();
        assertThat(temp.resolve("data/function-versions")).isEmptyDirectory();
        assertThat(next.deploy("index.js", CODE, "package.json", NEEDS_SDK)
                        .version()
                        .id()
                        .function())
                .isEqualTo(SUM);
    }
}
