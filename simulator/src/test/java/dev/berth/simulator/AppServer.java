package dev.berth.simulator;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** An app's server, which calls open APIs with its token. */
record AppServer(Browser browser, App app) {
    private static final String BOUNDARY = "a-boundary";
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** What an API answered that may answer bytes. */
    record Answer(String contentType, Buffer content) {
        JsonObject json() {
            return new JsonObject(content);
        }
    }

    JsonObject get(String target) {
        return answer("GET", target, "", Buffer.buffer()).json();
    }

    JsonObject post(String target, JsonObject body) {
        return download(target, body).json();
    }

    int errcode(String target, JsonObject body) {
        return post(target, body).getInteger("errcode");
    }

    Answer download(String target) {
        return answer("GET", target, "", Buffer.buffer());
    }

    Answer download(String target, JsonObject body) {
        return answer("POST", target, "application/json", body.toBuffer());
    }

    JsonObject upload(String target, String fileName, Buffer content) {
        Buffer form = Buffer.buffer("""
                --%s\r
                Content-Disposition: form-data; name="media"; filename="%s"\r
                Content-Type: application/octet-stream\r
                \r
                """.formatted(BOUNDARY, fileName))
                .appendBuffer(content)
                .appendString("\r\n--%s--\r\n".formatted(BOUNDARY));
        return answer("POST", target, "multipart/form-data; boundary=" + BOUNDARY, form)
                .json();
    }

    String openid(String user) {
        return Identity.openid(app.appid(), user);
    }

    private Answer answer(String method, String target, String contentType, Buffer body) {
        String mark = target.contains("?") ? "&" : "?";
        String token = Asker.token(browser, app);
        URI uri = URI.create(browser.baseUrl() + target + mark + "access_token=" + token);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).method(method, BodyPublishers.ofByteArray(body.getBytes()));
        if (!contentType.isEmpty()) {
            request.header("Content-Type", contentType);
        }
        try {
            HttpResponse<byte[]> response = CLIENT.send(request.build(), BodyHandlers.ofByteArray());
            return new Answer(response.headers().firstValue("content-type").orElse(""), Buffer.buffer(response.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
