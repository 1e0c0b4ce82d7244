package dev.berth.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;

/** What came back. */
record Answer(int status, HttpResponse<?> response, String body) {
    JsonNode json() {
        return Json.parse(body);
    }

    /** The first value, or empty. */
    String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    String systemError() {
        return header("x-wx-system-error");
    }

    String errmsg() {
        return json().path("base_resp").path("errmsg").asText();
    }

    long pid() {
        return json().path("pid").asLong();
    }
}
