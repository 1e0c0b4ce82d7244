package dev.berth.server;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.berth.core.BerthException;
import dev.berth.core.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/** The configuration as written: defaults, then one YAML file, then the environment; each wins over the one before. */
public final class ConfigFile {
    private static final Map<String, String> PORTS = Map.of(
            "BERTH_GATEWAY_PORT", "gateway",
            "BERTH_MANAGEMENT_PORT", "management",
            "BERTH_SIMULATOR_PORT", "simulator");

    private ConfigFile() {}

    /** @throws BerthException {@code CONFIG_INVALID}, naming the file, the key and what is expected there */
    public static ServerConfig read(ServerConfig defaults, Path file) {
        ObjectMapper mapper = mapper();
        try {
            JsonNode written = new YAMLMapper().readTree(file.toFile());
            ObjectNode merged = mapper.valueToTree(defaults);
            if (written.isObject()) {
                merge(merged, (ObjectNode) written);
            }
            return mapper.treeToValue(merged, ServerConfig.class);
        } catch (UnrecognizedPropertyException e) {
            String known = e.getKnownPropertyIds().stream()
                    .map(String::valueOf)
                    .sorted()
                    .collect(Collectors.joining(", "));
            throw invalid(file, "%s: unknown key (expected one of: %s)".formatted(path(e), known), e);
        } catch (JsonMappingException e) {
            throw invalid(file, path(e) + ": " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw invalid(file, String.valueOf(e.getMessage()), e);
        }
    }

    /** The ports and the data folder of {@code BERTH_…} variables over the configuration given. */
    public static ServerConfig withEnvironment(ServerConfig config, Map<String, String> environment) {
        ServerConfig result = config;
        for (Map.Entry<String, String> port : PORTS.entrySet()) {
            String value = environment.get(port.getKey());
            if (value != null) {
                result = withPort(result, port.getValue(), parsePort(port.getKey(), value));
            }
        }
        String data = environment.getOrDefault("BERTH_DATA", "");
        return data.isEmpty() ? result : withData(result, Path.of(data));
    }

    private static ServerConfig withPort(ServerConfig c, String door, int port) {
        return new ServerConfig(
                c.data(),
                door.equals("gateway")
                        ? new ServerConfig.Gateway(
                                c.gateway().host(), port, c.gateway().origins())
                        : c.gateway(),
                door.equals("management")
                        ? new ServerConfig.Management(c.management().host(), port)
                        : c.management(),
                door.equals("simulator")
                        ? new ServerConfig.Simulator(
                                c.simulator().enabled(), port, c.simulator().acceptUnknownCodes())
                        : c.simulator(),
                c.wechat(),
                c.runtime(),
                c.compat());
    }

    private static ServerConfig withData(ServerConfig c, Path data) {
        return new ServerConfig(data, c.gateway(), c.management(), c.simulator(), c.wechat(), c.runtime(), c.compat());
    }

    private static int parsePort(String variable, String value) {
        if (value.matches("[0-9]{1,5}") && Integer.parseInt(value) <= 65_535) {
            return Integer.parseInt(value);
        }
        throw new BerthException(new Problem(
                "CONFIG_INVALID",
                "server",
                "%s: %s (expected: 0 to 65535)".formatted(variable, value),
                "Correct the environment variable and start again."));
    }

    private static void merge(ObjectNode into, ObjectNode from) {
        from.properties().forEach(entry -> {
            JsonNode present = into.get(entry.getKey());
            if (present instanceof ObjectNode object && entry.getValue() instanceof ObjectNode written) {
                merge(object, written);
            } else {
                into.set(entry.getKey(), entry.getValue());
            }
        });
    }

    private static ObjectMapper mapper() {
        return JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                .build();
    }

    private static String path(JsonMappingException failure) {
        return failure.getPath().stream()
                .map(JsonMappingException.Reference::getFieldName)
                .map(String::valueOf)
                .collect(Collectors.joining("."));
    }

    private static BerthException invalid(Path file, String message, Exception cause) {
        return new BerthException(
                new Problem("CONFIG_INVALID", "server", file + ": " + message, "Correct the file and start again."),
                cause);
    }
}
