package dev.berth.server;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.List;

/** What the management door answered. */
record Reply(int status, HttpHeaders headers, String body) {
    static Reply of(HttpResponse<String> response) {
        return new Reply(response.statusCode(), response.headers(), response.body());
    }

    JsonObject json() {
        return new JsonObject(body);
    }

    JsonObject error() {
        return json().getJsonObject("error");
    }

    String code() {
        return error().getString("code");
    }

    String message() {
        return error().getString("message");
    }

    /** The last line of a deployment. */
    JsonObject lastLine() {
        return new JsonObject(lines().getLast());
    }

    List<String> lines() {
        return body.lines().toList();
    }
}
