package dev.berth.server;

import dev.berth.core.App;
import dev.berth.core.BerthException;
import dev.berth.core.Problem;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The control API of a simulator, wherever it runs. Methods block. */
final class SimulatedWeChat {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Where a request names no user, or does so in its body. */
    static final String ANYBODY = "NAME";

    private final URI baseUrl;

    /** Loaded with the first use: a server that nobody manages needs none. */
    private static final class Client {
        static final HttpClient HTTP = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(PATIENCE)
                .build();
    }

    SimulatedWeChat(URI baseUrl) {
        this.baseUrl = baseUrl;
    }

    void putApp(App app, String secret) throws IOException, InterruptedException {
        JsonObject body =
                new JsonObject().put("secret", secret).put("kind", app.kind().name());
        send("PUT", "/__sim__/apps/" + app.id(), body.toBuffer());
    }

    JsonObject users() throws IOException, InterruptedException {
        return send("GET", "/__sim__/users", Buffer.buffer());
    }

    JsonObject addUser(JsonObject user) throws IOException, InterruptedException {
        return send("POST", "/__sim__/users", user.toBuffer());
    }

    /** A sign-in code, as {@code wx.login} would give it to this user. */
    String code(String appId, String user) throws IOException, InterruptedException {
        JsonObject body = new JsonObject().put("appid", appId).put("user", user);
        return send("POST", "/__sim__/codes", body.toBuffer(), user).getString("code");
    }

    private JsonObject send(String method, String path, Buffer body) throws IOException, InterruptedException {
        return send(method, path, body, ANYBODY);
    }

    /**
     * Passes any request of the control API on; an answer without a body is an empty object.
     *
     * @param user who is to be added, should the simulator not know the one that is meant
     */
    JsonObject send(String method, String path, Buffer body, String user) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(baseUrl.resolve(path))
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body.getBytes()))
                .header("content-type", "application/json")
                .timeout(PATIENCE)
                .build();
        HttpResponse<byte[]> response = Client.HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
        JsonObject answer =
                response.body().length == 0 ? new JsonObject() : new JsonObject(Buffer.buffer(response.body()));
        if (response.statusCode() >= 400) {
            throw refused(answer.getJsonObject("error", new JsonObject()), response.statusCode(), user);
        }
        return answer;
    }

    private static BerthException refused(JsonObject error, int status, String user) {
        String code = error.getString("code", "SIMULATOR_REFUSED");
        String hint = code.equals("USER_UNKNOWN")
                ? "Add the user with ./berth users add %s, or name a known one.".formatted(user)
                : error.getString("hint", "Look into logs/server.log.");
        return new BerthException(new Problem(code, "simulator", error.getString("message", "HTTP " + status), hint));
    }
}
