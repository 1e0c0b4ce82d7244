package dev.berth.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.berth.core.BerthException;
import dev.berth.core.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;

/** The configuration as written: defaults, then one YAML file, then the environment; each wins over the one before. */
public final class ConfigFile {
    private ConfigFile() {}

    /** @throws BerthException {@code CONFIG_INVALID}, naming the file, the key and what is expected there */
    public static ServerConfig read(ServerConfig defaults, Path file) {
        try {
            JsonNode written = parse(file);
            if (written.isMissingNode() || written.isNull()) {
                return defaults;
            }
            if (!(written instanceof ObjectNode sections)) {
                throw new IllegalArgumentException("no keys (expected: such as gateway: {port: 7080})");
            }
            ConfigTree tree = new ConfigTree(defaults);
            tree.merge(sections);
            return tree.toConfig();
        } catch (IllegalArgumentException e) {
            throw invalid(file + ": " + e.getMessage(), "Correct the file and start again.", e);
        } catch (JsonProcessingException e) {
            throw invalid(
                    "%s, line %d: %s".formatted(file, e.getLocation().getLineNr(), e.getOriginalMessage()),
                    "Correct the file and start again.",
                    e);
        } catch (NoSuchFileException e) {
            throw invalid(file + ": there is no such file", "Name another one with --config.", e);
        } catch (IOException e) {
            throw invalid(file + ": cannot be read: " + e, "Make it readable and start again.", e);
        }
    }

    private static JsonNode parse(Path file) throws IOException {
        YAMLMapper yaml = YAMLMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        return yaml.readTree(Files.readString(file));
    }

    /**
     * The variables over the configuration given; an empty one is none.
     *
     * @throws BerthException {@code CONFIG_INVALID}, naming the variable
     */
    public static ServerConfig withEnvironment(ServerConfig config, Map<String, String> environment) {
        try {
            return new ConfigVariables(environment).over(config);
        } catch (IllegalArgumentException e) {
            throw invalid(String.valueOf(e.getMessage()), "Correct the environment variable and start again.", e);
        }
    }

    private static BerthException invalid(String message, String hint, Exception cause) {
        return new BerthException(new Problem("CONFIG_INVALID", "server", message, hint), cause);
    }
}
