package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.berth.core.FunctionError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NodeProgramTest {
    @TempDir
    Path folder;

    @Test
    void isThere() {
        assertThatCode(() -> new NodeProgram("node").require()).doesNotThrowAnyException();
    }

    @Test
    void isMissing() {
        InvocationFailure failure =
                catchThrowableOfType(InvocationFailure.class, () -> new NodeProgram("no-such-node").require());

        assertThat(failure.failed().error()).isEqualTo(FunctionError.PLATFORM_FAILED);
        assertThat(failure)
                .hasMessage("resource system error: functions need Node.js 20 or newer: there is no program"
                        + " `no-such-node` in PATH. Install it on the server's machine.");
    }

    @Test
    void isTooOldAndThenReplaced() throws IOException {
        Path program = program("v18.19.1");
        NodeProgram node = new NodeProgram(program.toString());

        assertThat(catchThrowableOfType(InvocationFailure.class, node::require))
                .hasMessageContaining("says `v18.19.1` (expected: v20 or newer)");
        program("v22.1.0");
        assertThatCode(node::require).doesNotThrowAnyException();
    }

    @Test
    void isSomethingElse() throws IOException {
        NodeProgram node = new NodeProgram(program("hello").toString());

        assertThat(catchThrowableOfType(InvocationFailure.class, node::require)).hasMessageContaining("says `hello`");
    }

    private Path program(String answer) throws IOException {
        Path program = folder.resolve("node");
        Files.writeString(program, "#!/bin/sh\necho " + answer + "\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return program;
    }
}
