package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.core.BerthException;
import dev.berth.core.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** The management API of docs/management-api.md. A refusal arrives as a {@link BerthException}. */
final class ManagementApi {
    private final RunningServer server;
    private final Http http;
    private final String token;

    ManagementApi(RunningServer server, Http http) {
        this.server = server;
        this.http = http;
        this.token = server.token();
    }

    RunningServer server() {
        return server;
    }

    /** What the server takes where a command leaves the app or the environment open. */
    Defaults defaults() {
        JsonNode status = get(ApiPath.of("status"));
        return new Defaults(
                status.path("app").asText(), status.path("environment").asText());
    }

    JsonNode get(ApiPath path) {
        return json("GET", path, BodyPublishers.noBody());
    }

    JsonNode post(ApiPath path, JsonNode body) {
        return json("POST", path, BodyPublishers.ofString(body.toString()));
    }

    /** @param json is sent as it is */
    JsonNode post(ApiPath path, String json) {
        return json("POST", path, BodyPublishers.ofString(json));
    }

    JsonNode put(ApiPath path, JsonNode body) {
        return json("PUT", path, BodyPublishers.ofString(body.toString()));
    }

    JsonNode delete(ApiPath path) {
        return json("DELETE", path, BodyPublishers.noBody());
    }

    JsonNode delete(ApiPath path, JsonNode body) {
        return json("DELETE", path, BodyPublishers.ofString(body.toString()));
    }

    /** An answer that is read as it comes; the reader closes it. */
    InputStream stream(ApiPath path) {
        return send("GET", path, "application/json", BodyPublishers.noBody());
    }

    /** As {@link #stream(ApiPath)}, with a body that is sent as it comes. */
    InputStream stream(ApiPath path, String contentType, BodyPublisher body) {
        return send("POST", path, contentType, body);
    }

    private JsonNode json(String method, ApiPath path, BodyPublisher body) {
        String text = read(send(method, path, "application/json", body));
        JsonNode json = Json.readOrMissing(text);
        if (json.isMissingNode()) {
            throw notTheApi(path, "answered something that is not JSON: " + text);
        }
        return json;
    }

    private InputStream send(String method, ApiPath path, String contentType, BodyPublisher body) {
        HttpRequest request = HttpRequest.newBuilder(server.management().resolve(path.text()))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", contentType)
                .header("X-Berth-Actor", Actor.name())
                .method(method, body)
                .build();
        HttpResponse<InputStream> response = http.send(server, request);
        if (response.statusCode() >= 400) {
            throw refused(path, response.statusCode(), read(response.body()));
        }
        return response.body();
    }

    private BerthException refused(ApiPath path, int status, String body) {
        JsonNode error = Json.readOrMissing(body).path("error");
        return error.isObject()
                ? new BerthException(problem(error))
                : notTheApi(path, "answered status %d: %s".formatted(status, body));
    }

    static Problem problem(JsonNode error) {
        String requestId = error.path("requestId").asText("");
        boolean defect = error.path("code").asText().equals("UNEXPECTED");
        return new Problem(
                error.path("code").asText("UNKNOWN"),
                error.path("component").asText("server"),
                error.path("message").asText("The server refused without saying why.")
                        + (defect && !requestId.isEmpty() ? " (request " + requestId + ")" : ""),
                error.path("hint").asText(""));
    }

    private BerthException notTheApi(ApiPath path, String what) {
        return new BerthException(new Problem(
                "ANSWER_INVALID",
                "cli",
                "%s%s %s".formatted(server.management(), path.text(), what.strip()),
                "Is this really Berth, and of the same version as this command? Try: ./berth status"));
    }

    private String read(InputStream body) {
        try (body) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw Http.broken(server.management(), broken);
        }
    }

    record Defaults(String app, String environment) {}
}
