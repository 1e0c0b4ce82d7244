package dev.berth.simulator;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/** The JDK's client, pointed at one simulator. */
record Browser(String baseUrl) {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    record Page(int status, HttpHeaders headers, String body) {
        JsonObject json() {
            return new JsonObject(body);
        }

        JsonObject error() {
            return json().getJsonObject("error");
        }

        String header(String name) {
            return headers.firstValue(name).orElse("");
        }
    }

    Page get(String path, String... headers) {
        return send("GET", path, "", headers);
    }

    Page send(String method, String path, String body, String... headers) {
        BodyPublisher publisher = body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(baseUrl + path)).method(method, publisher);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return page(request.build());
    }

    Page exchange(App app, String code) {
        return get("/sns/jscode2session?appid=%s&secret=%s&js_code=%s&grant_type=authorization_code"
                .formatted(encoded(app.appid()), encoded(app.secret()), encoded(code)));
    }

    /** A fresh code; fails with the simulator's own words when there is none. */
    String code(App app, String user) {
        JsonObject body = new JsonObject().put("appid", app.appid()).put("user", user);
        Page page = send("POST", "/__sim__/codes", body.encode());
        if (page.status() != 200) {
            throw new AssertionError(page.body());
        }
        return page.json().getString("code");
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static Page page(HttpRequest request) {
        try {
            HttpResponse<String> response = CLIENT.send(request, BodyHandlers.ofString());
            return new Page(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
