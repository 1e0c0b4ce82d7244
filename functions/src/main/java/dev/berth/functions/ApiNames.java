package dev.berth.functions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.core.NearestName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** WeChat's open APIs by the names that wx-server-sdk sends in their place (AD-36); source: docs/spec/openapi-names.json. */
final class ApiNames {
    private static final String RESOURCE = "openapi-names.json";
    private static final String MIDAS = "midas.";
    private static final int LONGEST_NAME = 100;

    private final Map<String, Api> byName;

    /** Read when a function first asks, not when the server starts. */
    private static final class Known {
        private static final ApiNames NAMES = load();
    }

    private ApiNames(Map<String, Api> byName) {
        this.byName = Map.copyOf(byName);
    }

    static ApiNames known() {
        return Known.NAMES;
    }

    private static ApiNames load() {
        try (InputStream json =
                requireNonNull(ApiNames.class.getResourceAsStream(RESOURCE), RESOURCE + " is missing")) {
            Map<String, Api> byName = new HashMap<>();
            for (JsonNode api : new ObjectMapper().readTree(new String(json.readAllBytes(), UTF_8))) {
                Api read = read(api);
                byName.put(read.name(), read);
                if (read.name().startsWith(MIDAS)) {
                    Api sandbox = sandbox(read);
                    byName.put(sandbox.name(), sandbox);
                }
            }
            return new ApiNames(byName);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Optional<Api> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** What somebody who mistyped a name most likely meant. */
    Optional<String> nearest(String name) {
        return name.length() > LONGEST_NAME ? Optional.empty() : NearestName.to(name, byName.keySet());
    }

    private static Api read(JsonNode api) {
        return new Api(
                api.path("name").asText(),
                api.path("method").asText(),
                api.path("path").asText(),
                texts(api.path("query")),
                texts(api.path("media")),
                !api.path("body").isEmpty());
    }

    /** AD-44. */
    private static Api sandbox(Api api) {
        return new Api(
                api.name() + "Sandbox",
                api.method(),
                api.path().replace("/midas/", "/midas/sandbox/"),
                api.query(),
                api.media(),
                api.fields());
    }

    private static Set<String> texts(JsonNode list) {
        Set<String> texts = new HashSet<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
