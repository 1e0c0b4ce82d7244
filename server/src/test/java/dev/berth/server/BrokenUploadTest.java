package dev.berth.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BrokenUploadTest {
    private static final int MUCH = 30 * 1024 * 1024;

    @TempDir
    private static Path data;

    private static ServerFixture server;

    @BeforeAll
    static void start() throws IOException {
        server = ServerFixture.start(data);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void halfATarFailsAndLeavesNothing() throws Exception {
        byte[] whole = ServiceTar.greeter("hello");

        Reply reply = server.deploy("demo", Arrays.copyOf(whole, 1600), "");

        assertFailedWith("TAR_BROKEN", reply);
    }

    @Test
    void garbageFailsAndLeavesNothing() throws Exception {
        byte[] garbage = new byte[100_000];
        new Random(1).nextBytes(garbage);

        assertFailedWith("TAR_BROKEN", server.deploy("demo", garbage, ""));
        assertFailedWith("TAR_BROKEN", server.deploy("demo", new byte[0], ""));
    }

    @Test
    void aTarThatClimbsOutFailsAndLeavesNothing() throws Exception {
        assertFailedWith("TAR_FORBIDDEN", server.deploy("demo", ServiceTar.of("../../token", "mine now"), ""));
        assertThat(server.token()).isNotEqualTo("mine now");
    }

    @Test
    void filesWithoutAProgramFailAndLeaveNothing() throws Exception {
        assertFailedWith("LAUNCH_UNKNOWN", server.deploy("demo", ServiceTar.of("readme", "nothing to run"), ""));
    }

    /** A sender that looks at the answer only after all is sent would otherwise never get to it. */
    @Test
    void theRestOfARefusedUploadIsReadSoThatItsSenderGetsTheAnswer() throws Exception {
        byte[] climbs = ServiceTar.of("../escape", "x");
        InputStream endless = new SequenceInputStream(
                new ByteArrayInputStream(climbs, 0, 1024), new ByteArrayInputStream(new byte[MUCH]));

        Reply failed = server.send(
                "POST", ServerFixture.SERVICES + "/demo/versions", BodyPublishers.ofInputStream(() -> endless));
        Reply unknown = server.send(
                "POST",
                "/api/v1/environments/nowhere/services/demo/versions",
                BodyPublishers.ofByteArray(new byte[MUCH]));
        Reply noToken = Reply.of(server.raw(server.request(ServerFixture.SERVICES + "/demo/versions")
                .POST(BodyPublishers.ofByteArray(new byte[MUCH]))
                .build()));

        assertFailedWith("TAR_FORBIDDEN", failed);
        assertThat(unknown.code()).isEqualTo("ENV_UNKNOWN");
        assertThat(noToken.code()).isEqualTo("TOKEN_MISSING");
    }

    @Test
    void aClientThatGoesAwayAmidAnUploadLeavesNothing() throws Exception {
        byte[] whole = ServiceTar.greeter("hello");
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), server.door("management").getPort())) {
            String head = """
                    POST %s/demo/versions HTTP/1.1\r
                    Host: 127.0.0.1\r
                    Authorization: Bearer %s\r
                    Content-Length: %d\r
                    \r
                    """.formatted(ServerFixture.SERVICES, server.token(), whole.length);
            socket.getOutputStream().write(head.getBytes(US_ASCII));
            socket.getOutputStream().write(whole, 0, 1200);
            await().until(() -> !incoming().isEmpty());
        }

        await().atMost(Duration.ofSeconds(20)).until(() -> incoming().isEmpty());
        assertNothingIsLeft();
    }

    /** Whoever goes at once must not leave a thread that waits for the rest for ever. */
    @Test
    void clientsThatGoAtOnceLeaveNoThreadBehind() throws Exception {
        String head =
                "POST %s/demo/versions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Length: 9\r\n\r\n"
                        .formatted(ServerFixture.SERVICES, server.token());
        for (int i = 0; i < 200; i++) {
            try (Socket socket = new Socket(
                    InetAddress.getLoopbackAddress(), server.door("management").getPort())) {
                socket.getOutputStream().write(head.getBytes(US_ASCII));
            }
        }

        await().atMost(Duration.ofSeconds(20)).until(() -> !Threads.anyIn("RequestStream.take"));
        await().atMost(Duration.ofSeconds(20)).until(() -> incoming().isEmpty());
        assertNothingIsLeft();
    }

    private static void assertFailedWith(String code, Reply reply) throws Exception {
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.lastLine().getJsonObject("error").getString("code")).isEqualTo(code);
        assertThat(reply.lastLine().getJsonObject("error").fieldNames())
                .containsExactlyInAnyOrder("code", "component", "message", "hint", "requestId");
        assertNothingIsLeft();
    }

    private static void assertNothingIsLeft() throws Exception {
        assertThat(server.get(ServerFixture.SERVICES).json().getJsonArray("services"))
                .isEmpty();
        assertThat(incoming()).isEmpty();
    }

    /** Files below the folder of versions, where an upload is unpacked. */
    private static List<Path> incoming() throws IOException {
        try (Stream<Path> files = Files.walk(data.resolve("versions"))) {
            return files.filter(file -> file.toString().contains("incoming"))
                    .filter(Files::isRegularFile)
                    .toList();
        } catch (java.io.UncheckedIOException e) { // a file that went while it was looked for
            return List.of(data);
        }
    }
}
