package dev.berth.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/** {@code --env}, with the server's default. */
final class EnvironmentOption {
    @Option(
            names = {"-e", "--env"},
            paramLabel = "ENV",
            description = "The environment (default: the server's, such as prod-01).")
    private Optional<String> environment = Optional.empty();

    String in(ManagementApi api) {
        return environment.orElseGet(() -> api.defaults().environment());
    }

    Optional<String> given() {
        return environment;
    }
}
