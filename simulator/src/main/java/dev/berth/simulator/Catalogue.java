package dev.berth.simulator;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All open APIs the simulator knows: those with a cloud-call name, and those that no cloud call needs because they are
 * about tokens, quotas and sign-in.
 */
final class Catalogue {
    static final List<ApiDescription> APIS = Stream.of("openapi-names.json", "openapi-more.json")
            .flatMap(file -> new JsonArray(Resources.read(file)).stream())
            .map(JsonObject.class::cast)
            .map(ApiDescription::read)
            .toList();

    private static final Map<String, List<ApiDescription>> BY_PATH =
            APIS.stream().collect(Collectors.groupingBy(ApiDescription::path));

    private Catalogue() {}

    static Optional<ApiDescription> named(String name) {
        return APIS.stream().filter(api -> api.name().equals(name)).findFirst();
    }

    /** The APIs at a path, often one; empty when WeChat has nothing there. */
    static List<ApiDescription> at(String path) {
        return BY_PATH.getOrDefault(path, List.of());
    }

    /** Of APIs that share a path, the one whose note says {@code action=…} of this body; else the general one. */
    static ApiDescription chosen(List<ApiDescription> candidates, JsonObject body) {
        Optional<String> note = Optional.of("action=" + body.getValue("action"));
        return candidates.stream()
                .filter(api -> api.note().equals(note))
                .findFirst()
                .or(() -> candidates.stream()
                        .filter(api ->
                                api.note().filter(text -> text.contains("|")).isPresent())
                        .findFirst())
                .orElse(candidates.getFirst());
    }
}
