package dev.berth.cli;

import dev.berth.core.FunctionSettings;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** What only a cloud function is deployed with; the rest stands in its {@code config.json}. */
final class FunctionOptions {
    static final List<String> NAMES = List.of("--timeout", "--memory");
    private static final Pattern SECONDS = Pattern.compile("([1-9][0-9]{0,5})s?");

    @Option(
            names = "--function",
            description = "PATH is a function, or has functions, although it does not look like it.")
    private boolean forced;

    @Option(
            names = "--timeout",
            paramLabel = "T",
            description = "How long a call may take, such as 20s (default: timeout of config.json, else 3s).")
    private Optional<String> timeout = Optional.empty();

    @Option(
            names = "--memory",
            paramLabel = "MB",
            description = "What a call may use (default: memorySize of config.json, else 256).")
    private Optional<Integer> memory = Optional.empty();

    boolean forced() {
        return forced;
    }

    void check(ServerCommand deploy) {
        if (timeout.isPresent() && !SECONDS.matcher(timeout.get()).matches()) {
            throw deploy.wrongUsage(
                    "--timeout: %s (expected: seconds, such as 20s)".formatted(timeout.get()),
                    "For example: --timeout 20s");
        }
        if (memory.isPresent()
                && (memory.get() < FunctionSettings.LEAST_MEMORY || memory.get() > FunctionSettings.MOST_MEMORY)) {
            throw deploy.wrongUsage(
                    "--memory: %d (expected: %d to %d, in MB)"
                            .formatted(memory.get(), FunctionSettings.LEAST_MEMORY, FunctionSettings.MOST_MEMORY),
                    "For example: --memory 512");
        }
    }

    ApiPath on(ApiPath versions) {
        ApiPath path = versions;
        if (timeout.isPresent()) {
            Matcher seconds = SECONDS.matcher(timeout.get());
            path = path.with("timeout", seconds.replaceFirst("$1s"));
        }
        return memory.isPresent() ? path.with("memory", Integer.toString(memory.get())) : path;
    }
}
