package dev.berth.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** A path of the management API, below {@code /api/v1}, each part encoded. */
record ApiPath(String text) {
    static ApiPath of(String... segments) {
        return new ApiPath(
                Arrays.stream(segments).map(ApiPath::encode).collect(Collectors.joining("/", "/api/v1/", "")));
    }

    ApiPath with(String name, String value) {
        return new ApiPath(text + (text.contains("?") ? "&" : "?") + encode(name) + "=" + encode(value));
    }

    private static String encode(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
