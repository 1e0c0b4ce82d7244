package dev.berth.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** A service's program that knows nothing of Berth: asks with both HTTP clients of the JDK, and prints the answers. */
final class AskingProgram {
    private AskingProgram() {}

    public static void main(String[] addresses) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (String address : addresses) {
                System.out.println(new String(
                        URI.create(address)
                                .toURL()
                                .openConnection()
                                .getInputStream()
                                .readAllBytes(),
                        UTF_8));
                System.out.println(
                        client.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString())
                                .body());
            }
        }
    }
}
