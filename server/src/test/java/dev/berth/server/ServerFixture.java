package dev.berth.server;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A real server on free ports, and a client of its doors. */
final class ServerFixture implements AutoCloseable {
    static final String SERVICES = "/api/v1/environments/prod-01/services";
    static final String FUNCTIONS = "/api/v1/environments/prod-01/functions";

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final BerthServer server;

    private ServerFixture(BerthServer server) {
        this.server = server;
    }

    static ServerFixture start(Path data) throws IOException {
        return start(config(data));
    }

    static ServerFixture start(ServerConfig config) throws IOException {
        return new ServerFixture(BerthServer.start(config, description -> Map.of()));
    }

    /** As for {@code up}, with free ports. */
    static ServerConfig config(Path data) {
        return config(data, 0, 0, 0, true);
    }

    static ServerConfig withoutSimulator(Path data) {
        return config(data, 0, 0, 0, false);
    }

    static ServerConfig config(Path data, int gateway, int management, int simulator, boolean simulated) {
        ServerConfig up = ServerConfig.forUp(data);
        return ConfigFile.withEnvironment(
                up,
                Map.of(
                        "BERTH_DATA", data.toString(),
                        "BERTH_GATEWAY_PORT", Integer.toString(gateway),
                        "BERTH_MANAGEMENT_PORT", Integer.toString(management),
                        "BERTH_INWARD_PORT", "0",
                        "BERTH_SIMULATOR_PORT", Integer.toString(simulator),
                        "BERTH_SIMULATOR_ENABLED", Boolean.toString(simulated),
                        "BERTH_SIMULATOR_ACCEPT_UNKNOWN_CODES", Boolean.toString(simulated)));
    }

    BerthServer server() {
        return server;
    }

    URI door(String name) {
        return URI.create(server.description().getJsonObject("doors").getString(name));
    }

    Path data() {
        return Path.of(server.description().getString("data"));
    }

    String token() throws IOException {
        return java.nio.file.Files.readString(data().resolve("token")).strip();
    }

    Reply get(String path) throws IOException, InterruptedException {
        return send("GET", path, "");
    }

    Reply send(String method, String path, String body) throws IOException, InterruptedException {
        return send(method, path, BodyPublishers.ofString(body));
    }

    Reply send(String method, String path, HttpRequest.BodyPublisher body) throws IOException, InterruptedException {
        return Reply.of(client.send(authorised(path).method(method, body).build(), BodyHandlers.ofString()));
    }

    Reply deploy(String service, byte[] tar, String query) throws IOException, InterruptedException {
        return send("POST", SERVICES + "/" + service + "/versions?" + query, BodyPublishers.ofByteArray(tar));
    }

    Reply deployFunction(String function, byte[] tar, String query) throws IOException, InterruptedException {
        return send("POST", FUNCTIONS + "/" + function + "/versions?" + query, BodyPublishers.ofByteArray(tar));
    }

    CompletableFuture<Reply> sendLater(String path, String body) throws IOException {
        return client.sendAsync(
                        authorised(path).POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString())
                .thenApply(Reply::of);
    }

    HttpRequest.Builder authorised(String path) throws IOException {
        return request(path).header("Authorization", "Bearer " + token());
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(door("management").resolve(path)).timeout(Duration.ofSeconds(60));
    }

    /** A session of a simulated user. */
    String session(String user) throws IOException, InterruptedException {
        return send(
                        "POST",
                        "/api/v1/sessions",
                        new JsonObject().put("user", user).encode())
                .json()
                .getString("session");
    }

    /** Through the gateway, as a mini program. */
    Reply call(String service, String path, String session) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(door("gateway").resolve(path))
                .header("X-WX-ENV", Defaults.ENVIRONMENT)
                .header("X-WX-SERVICE", service)
                .header("X-Berth-Session", session)
                .timeout(Duration.ofSeconds(60))
                .build();
        return Reply.of(client.send(request, BodyHandlers.ofString()));
    }

    HttpClient client() {
        return client;
    }

    HttpResponse<String> raw(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, BodyHandlers.ofString());
    }

    @Override
    public void close() {
        server.close();
        client.shutdownNow();
    }
}
