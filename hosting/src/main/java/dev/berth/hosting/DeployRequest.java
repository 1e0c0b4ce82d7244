package dev.berth.hosting;

import static java.util.Objects.requireNonNull;

import dev.berth.core.AccessKind;
import dev.berth.core.Launch;
import dev.berth.core.Names;
import dev.berth.core.Scale;
import dev.berth.core.Settings;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A deployment as asked for.
 *
 * @param tar the files of the service, gzipped or not; read once, not closed
 * @param command one shell line that starts the service; wins over what is found in the files
 * @param port fixed, for a program that ignores {@code PORT}
 * @param idle see {@link Settings#idle}
 * @param scale what is not said is taken from {@code container.config.json} (HO-18), else {@link Scale#DEFAULT}
 * @param variables all of them; those of earlier versions do not count (HO-12)
 * @param access empty to keep it, or to begin with {@code MINIAPP} (HO-6)
 * @param install whether missing {@code node_modules} are installed
 */
public record DeployRequest(
        String environmentId,
        String service,
        InputStream tar,
        Optional<String> command,
        OptionalInt port,
        Optional<Duration> idle,
        AskedScale scale,
        Map<String, String> variables,
        Set<AccessKind> access,
        boolean install) {
    public DeployRequest {
        Names.requireEnvironmentId(environmentId);
        Names.requireServiceName(service);
        requireNonNull(tar, "tar is null");
        requireNonNull(scale, "scale is null");
        command = command.filter(line -> !line.isBlank());
        variables = Map.copyOf(variables);
        access = Set.copyOf(access);
        if (port.isPresent() && (port.getAsInt() < 1 || port.getAsInt() > 65535)) {
            throw Refused.because(
                    "INVALID_PORT",
                    "port: %d (expected: 1 to 65535)".formatted(port.getAsInt()),
                    "Give the port that the program listens on, such as --port 8080.");
        }
    }

    Settings settings(AskedScale initial) {
        return new Settings(variables, idle.orElse(Settings.DEFAULT_IDLE), scale.over(initial));
    }

    /** A program told by its settings where to listen listens there: {@link Launch#port} is fixed then. */
    OptionalInt fixedPort() {
        String set = variables.getOrDefault("PORT", "");
        return port.isPresent() || !set.matches("[1-9][0-9]{0,4}") ? port : OptionalInt.of(Integer.parseInt(set));
    }
}
