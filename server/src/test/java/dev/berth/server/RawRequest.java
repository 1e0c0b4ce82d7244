package dev.berth.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A request that no decent client would send. */
final class RawRequest {
    private RawRequest() {}

    /** @param line method and target */
    static Reply to(ServerFixture server, String line) throws IOException {
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), server.door("management").getPort())) {
            String head = "%s HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer %s\r\nConnection: close\r\n\r\n"
                    .formatted(line, server.token());
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Reply(
                    Integer.parseInt(answer.substring(9, 12)),
                    HttpHeaders.of(Map.of(), (name, value) -> true),
                    answer.substring(answer.indexOf("\r\n\r\n") + 4));
        }
    }
}
