package dev.berth.acceptance;

import static java.net.http.HttpResponse.BodyHandlers.ofString;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Calls on the native channel (CH-113), with the JDK's client. */
final class Caller {
    static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    static final String ENVIRONMENT = "prod-01";

    private final URI gateway;
    private final String session;

    /** @param session empty for none */
    Caller(URI gateway, String session) {
        this.gateway = gateway;
        this.session = session;
    }

    static Caller signedIn(URI gateway, URI simulator, String app, String user) {
        String code = post(
                        simulator.resolve("/__sim__/codes"), "{\"appid\":\"%s\",\"user\":\"%s\"}".formatted(app, user))
                .json()
                .path("code")
                .asText();
        Answer session =
                post(gateway.resolve("/__berth__/sessions"), "{\"appid\":\"%s\",\"code\":\"%s\"}".formatted(app, code));
        return new Caller(gateway, session.json().required("session").asText());
    }

    static Answer post(URI uri, String json) {
        return send(HttpRequest.newBuilder(uri)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(json)));
    }

    String session() {
        return session;
    }

    /** A request to a service of {@link #ENVIRONMENT}, to be completed. */
    HttpRequest.Builder to(String service, String path) {
        return to(ENVIRONMENT, service, path);
    }

    HttpRequest.Builder to(String environment, String service, String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(gateway + path))
                .timeout(Duration.ofSeconds(60))
                .header("X-WX-ENV", environment)
                .header("X-WX-SERVICE", service);
        return session.isEmpty() ? request : request.header("X-Berth-Session", session);
    }

    Answer get(String service, String path) {
        return send(to(service, path));
    }

    CompletableFuture<Answer> getLater(String service, String path) {
        return HTTP.sendAsync(to(service, path).build(), ofString()).thenApply(Caller::answer);
    }

    static Answer send(HttpRequest.Builder request) {
        try {
            return answer(HTTP.send(request.build(), ofString()));
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static Answer answer(HttpResponse<String> response) {
        return new Answer(response.statusCode(), response, response.body());
    }
}
