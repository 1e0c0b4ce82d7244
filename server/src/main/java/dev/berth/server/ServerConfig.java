package dev.berth.server;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.berth.gateway.AllowedMethods;
import java.nio.file.Path;
import java.util.List;

/**
 * The whole configuration, typed. Read by {@link ConfigFile}; the YAML keys are the names here in kebab-case. A value
 * that cannot be right is refused with {@link IllegalArgumentException}.
 *
 * @param data the data folder
 */
public record ServerConfig(
        Path data,
        Gateway gateway,
        Management management,
        Simulator simulator,
        WeChat wechat,
        Instances runtime,
        Compat compat) {

    /**
     * @param port 0 for a free one
     * @param origins of pages that may call, such as {@code https://shop.example.com}
     */
    public record Gateway(String host, int port, List<String> origins, Tls tls) {
        public Gateway {
            ConfigRules.requireHost(host);
            ConfigRules.requirePort(port);
            origins = List.copyOf(origins);
            origins.forEach(ConfigRules::requireOrigin);
        }
    }

    /** @param port 0 for a free one */
    public record Management(String host, int port, Tls tls) {
        public Management {
            ConfigRules.requireHost(host);
            ConfigRules.requirePort(port);
        }
    }

    /**
     * @param port 0 for a free one
     * @param acceptUnknownCodes whether a code that the simulator did not make signs in the default user
     */
    public record Simulator(boolean enabled, int port, boolean acceptUnknownCodes) {
        public Simulator {
            ConfigRules.requirePort(port);
        }
    }

    /** @param baseUrl where WeChat is; empty for the simulator if that is on, else for the real one */
    public record WeChat(@JsonProperty("base-url") String baseUrl) {
        public WeChat {
            ConfigRules.requireBaseUrl(baseUrl);
        }
    }

    /** @param ports the ports that instances may be given, such as {@code 20000-29999} */
    public record Instances(String ports) {
        public Instances {
            PortRanges.parse(ports);
        }
    }

    /** The named switches of docs/spec/README.md. */
    public record Compat(AllowedMethods callcontainerMethods) {}

    /** What {@code berth up} runs with: offline, in {@code .berth} of the current folder. */
    public static ServerConfig forUp(Path folder) {
        return defaults(folder.resolve(".berth"), true);
    }

    /** What {@code berth serve} runs with unless its file says otherwise. */
    public static ServerConfig forServe(Path folder) {
        return defaults(folder.resolve(".berth"), false);
    }

    private static ServerConfig defaults(Path data, boolean simulated) {
        return new ServerConfig(
                data,
                new Gateway("127.0.0.1", 7080, List.of(), Tls.NONE),
                new Management("127.0.0.1", 7081, Tls.NONE),
                new Simulator(simulated, 7083, simulated),
                new WeChat(""),
                new Instances("20000-29999"),
                new Compat(AllowedMethods.DOCUMENTED));
    }
}
