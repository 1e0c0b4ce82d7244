package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ThisMachineTest {
    private final Machine machine = new ThisMachine();

    @Test
    void aTakenPortIsSeenWithItsHolder() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            port = socket.getLocalPort();
            assertThat(machine.faultOfListening("127.0.0.1", port)).isPresent();
            assertThat(machine.holderOf(port))
                    .hasValueSatisfying(holder -> assertThat(holder)
                            .endsWith(", pid " + ProcessHandle.current().pid()));
        }
        assertThat(machine.faultOfListening("127.0.0.1", port)).isEmpty();
        assertThat(machine.holderOf(port)).isEmpty();
    }

    @Test
    void loopbackIsTriedForReal() {
        assertThat(machine.faultOfLoopback("127.0.0.1")).isEmpty();
        assertThat(machine.faultOfLoopback("192.0.2.1"))
                .as("an address for documentation")
                .isPresent();
    }

    @Test
    void programsAreAskedForReal() {
        assertThat(machine.run("echo", "hello")).hasValue("hello");
        assertThat(machine.run("false")).isEmpty();
        assertThat(machine.run("no-such-program-as-this")).isEmpty();
    }

    @Test
    void filesAndDisksAreLookedAtForReal() {
        assertThat(machine.read("/proc/self/limits"))
                .hasValueSatisfying(limits -> assertThat(limits).contains("Max open files"));
        assertThat(machine.read("/no/such/file")).isEmpty();
        assertThat(machine.disk(Path.of("/proc/self")).type()).isEqualTo("proc");
        assertThat(machine.disk(Path.of("/no/such/folder")).freeBytes()).isPositive();
    }

    @Test
    void aHostThatDoesNotAnswerIsTold() throws Exception {
        try (ServerDouble server = new ServerDouble()) {
            assertThat(machine.faultOfReaching(server.managementUrl())).isEmpty();
        }
        URI nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
        assertThat(machine.faultOfReaching(nobody)).isPresent();
    }
}
