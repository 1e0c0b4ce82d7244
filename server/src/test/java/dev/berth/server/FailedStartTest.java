package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.BerthException;
import dev.berth.core.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FailedStartTest {
    @TempDir
    private Path data;

    @ParameterizedTest
    @CsvSource({
        "gateway, BERTH_GATEWAY_PORT",
        "management, BERTH_MANAGEMENT_PORT",
        "simulator, BERTH_SIMULATOR_PORT",
        "inward, BERTH_INWARD_PORT"
    })
    void aTakenPortIsToldWithTheVariableAndNothingStaysOpen(String door, String variable) throws Exception {
        List<Integer> ports = freePorts();
        int taken = ports.get(
                List.of("gateway", "management", "simulator", "inward").indexOf(door));
        ServerConfig config = ConfigFile.withEnvironment(
                ServerFixture.config(data, ports.get(0), ports.get(1), ports.get(2), true),
                Map.of("BERTH_INWARD_PORT", ports.get(3).toString()));
        try (ServerSocket squatter = listener(taken)) {
            Problem problem = refusal(config);

            assertThat(problem.code()).isEqualTo("PORT_TAKEN");
            assertThat(problem.message()).isEqualTo("%s port: %d is in use by another program".formatted(door, taken));
            assertThat(problem.hint()).contains(variable + "=");
            assertThat(squatter.isBound()).isTrue();
        }
        assertThat(data.resolve("server.json")).doesNotExist();
        for (int port : ports) {
            listener(port).close();
        }
        ServerFixture.start(config).close();
    }

    @Test
    void pagesThatCannotBeMadeEndTheStart() throws Exception {
        try {
            BerthServer.start(ServerFixture.config(data), description -> {
                throw new IllegalStateException("no pages");
            });
        } catch (IllegalStateException e) {
            assertThat(e).hasMessage("no pages");
        }

        ServerFixture.start(data).close();
    }

    @Test
    void aRunningServerIsNotDisturbedByOneThatFails() throws Exception {
        try (ServerFixture server = ServerFixture.start(data)) {
            assertThat(refusal(ServerFixture.config(data)).code()).isEqualTo("DATA_LOCKED");

            assertThat(data.resolve("server.json")).exists();
            assertThat(server.get("/api/v1/status").status()).isEqualTo(200);
        }
    }

    static Problem refusal(ServerConfig config) throws IOException {
        try (ServerFixture unexpected = ServerFixture.start(config)) {
            throw new AssertionError("started: " + unexpected.server().description());
        } catch (BerthException e) {
            return e.problem();
        }
    }

    private static List<Integer> freePorts() throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            sockets.add(listener(0));
        }
        List<Integer> ports = sockets.stream().map(ServerSocket::getLocalPort).toList();
        for (ServerSocket socket : sockets) {
            socket.close();
        }
        return ports;
    }

    private static ServerSocket listener(int port) throws IOException {
        return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
    }
}
