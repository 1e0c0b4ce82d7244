package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.core.NearestName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** WeChat's open APIs as docs/spec/openapi-names.json lists them, by path. */
final class KnownApis {
    private static final String RESOURCE = "openapi-names.json";
    private static final String PREFIX_END = "/*";

    private final SortedMap<String, List<String>> namesByPath = new TreeMap<>();

    private KnownApis(JsonNode apis) {
        for (JsonNode api : apis) {
            namesByPath
                    .computeIfAbsent(api.path("path").asText(), ignored -> new ArrayList<>())
                    .add(api.path("name").asText());
        }
    }

    static KnownApis load() {
        try (InputStream json =
                Objects.requireNonNull(KnownApis.class.getResourceAsStream(RESOURCE), RESOURCE + " is missing")) {
            return new KnownApis(Json.readOrMissing(new String(json.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Such as {@code security.msgSecCheck}; of a prefix how many there are; empty for what is not known. */
    String names(String entry) {
        return entry.endsWith(PREFIX_END)
                ? "%d known".formatted(below(entry).count())
                : String.join(", ", namesByPath.getOrDefault(entry, List.of()));
    }

    /** For people, if no API that Berth knows is allowed by this entry: it may be new, or mistyped. */
    Optional<String> note(String entry) {
        if (namesByPath.containsKey(entry)
                || (entry.endsWith(PREFIX_END) && below(entry).findAny().isPresent())) {
            return Optional.empty();
        }
        return Optional.of("%s is not an API Berth knows%s"
                .formatted(
                        entry,
                        NearestName.to(entry, namesByPath.keySet())
                                .map("; nearest: %s"::formatted)
                                .orElse("")));
    }

    private Stream<String> below(String prefix) {
        String folder = prefix.substring(0, prefix.length() - 1);
        return namesByPath.keySet().stream().filter(path -> path.startsWith(folder));
    }
}
