package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProcessEndTest {
    @Test
    void aProcessThatRunsIsNotOver() {
        assertThat(ProcessEnd.isOver(ProcessHandle.current())).isFalse();
    }

    /** A shell that has become sleep never asks for the end of the child that the shell had. */
    @Test
    void oneWhoseEndNobodyHasNotedIsOver() throws IOException {
        Process parent = new ProcessBuilder("sh", "-c", "sleep 0.1 & exec sleep 30").start();
        try {
            await().until(() -> parent.children().findAny().isPresent());
            ProcessHandle child = parent.children().findAny().orElseThrow();
            await().atMost(Duration.ofSeconds(10)).until(() -> ProcessEnd.isOver(child));
            assertThat(child.isAlive()).as("the system still knows it").isTrue();
        } finally {
            parent.destroyForcibly();
        }
    }
}
