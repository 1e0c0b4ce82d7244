package dev.berth.cli;

import dev.berth.core.BerthException;
import dev.berth.core.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** HTTP/1.1 to the doors of a server on this machine: no proxy, no redirects followed, answers read as they come. */
final class Http {
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(HttpClient.Builder.NO_PROXY)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    HttpResponse<InputStream> send(RunningServer server, HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofInputStream());
        } catch (ConnectException refused) {
            throw server.gone();
        } catch (IOException broken) {
            throw broken(request.uri(), broken);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw broken(request.uri(), stop);
        }
    }

    static BerthException broken(URI door, Exception cause) {
        return new BerthException(
                new Problem(
                        "CONNECTION_BROKEN",
                        "cli",
                        "The connection to %s broke: %s".formatted(door, reason(cause)),
                        "See whether the server still runs: ./berth status"),
                cause);
    }

    private static String reason(Exception cause) {
        String message = cause.getMessage();
        return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
    }
}
