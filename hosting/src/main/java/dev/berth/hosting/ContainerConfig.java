package dev.berth.hosting;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.berth.artifacts.JsonFile;
import dev.berth.core.BerthException;
import dev.berth.core.Names;
import dev.berth.core.Scale;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What Berth takes from {@code container.config.json} (HO-15 to HO-27): initial values for the start of a service.
 * {@code containerPort} is not among them, for a plain process listens on the free port that it is given.
 *
 * @param buildDir folder that holds the service, relative to what was deployed; empty for all of it (HO-17)
 * @param dockerfilePath relative to {@code buildDir}; empty if not said (HO-16)
 * @param variables {@code envParams} (HO-22)
 * @param scale {@code minNum} and {@code maxNum} (HO-18)
 */
record ContainerConfig(
        String buildDir, Optional<String> dockerfilePath, Map<String, String> variables, AskedScale scale) {
    static final String FILE = "container.config.json";
    static final ContainerConfig NONE = new ContainerConfig("", Optional.empty(), Map.of(), AskedScale.NONE);

    private static final String HINT = "Correct " + FILE + ", or remove it.";

    ContainerConfig {
        variables = Map.copyOf(variables);
    }

    /** @throws BerthException {@code CONTAINER_CONFIG_INVALID}, naming line or field */
    static ContainerConfig read(Path root) throws IOException {
        Path file = root.resolve(FILE);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return NONE;
        }
        JsonNode json = JsonFile.read(file, "CONTAINER_CONFIG_INVALID", HINT);
        return new ContainerConfig(
                text(json, "buildDir").orElse(""),
                text(json, "dockerfilePath").filter(path -> !path.isBlank()),
                variables(json),
                new AskedScale(number(json, "minNum", 0), number(json, "maxNum", 1)));
    }

    /** @throws BerthException {@code CONTAINER_CONFIG_INVALID} unless {@code buildDir} is a folder below root */
    Path sourceIn(Path root) {
        if (buildDir.isBlank()) {
            return root;
        }
        Path source = root.resolve(buildDir).normalize();
        if (!source.startsWith(root) || !Files.isDirectory(source, LinkOption.NOFOLLOW_LINKS)) {
            throw invalid("buildDir: %s (expected: a folder among the deployed files)".formatted(buildDir));
        }
        return source;
    }

    private static Map<String, String> variables(JsonNode json) {
        JsonNode params = present(json, "envParams");
        if (params.isMissingNode()) {
            return Map.of();
        }
        if (!params.isObject()) {
            throw invalid("envParams: %s (expected: an object of names and values)".formatted(params));
        }
        Map<String, String> variables = new LinkedHashMap<>();
        params.properties().forEach(entry -> {
            if (!entry.getValue().isValueNode()) {
                throw invalid(
                        "envParams.%s: %s (expected: a text or a number)".formatted(entry.getKey(), entry.getValue()));
            }
            variables.put(
                    Names.requireVariableName(entry.getKey()),
                    entry.getValue().isNull() ? "" : entry.getValue().asText());
        });
        return variables;
    }

    private static Optional<String> text(JsonNode json, String field) {
        JsonNode value = present(json, field);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw invalid("%s: %s (expected: a text)".formatted(field, value));
        }
        return Optional.of(value.asText());
    }

    private static OptionalInt number(JsonNode json, String field, int least) {
        JsonNode value = present(json, field);
        if (value.isMissingNode()) {
            return OptionalInt.empty();
        }
        if (!value.isInt() || value.asInt() < least || value.asInt() > Scale.MOST) {
            throw invalid("%s: %s (expected: a whole number, %d to %d)".formatted(field, value, least, Scale.MOST));
        }
        return OptionalInt.of(value.asInt());
    }

    private static JsonNode present(JsonNode json, String field) {
        JsonNode value = json.path(field);
        return value.isNull() ? MissingNode.getInstance() : value;
    }

    private static BerthException invalid(String what) {
        return Refused.because("CONTAINER_CONFIG_INVALID", FILE + ": " + what, HINT);
    }
}
