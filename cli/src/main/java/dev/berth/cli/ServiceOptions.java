package dev.berth.cli;

import dev.berth.core.AccessKind;
import dev.berth.core.BerthException;
import dev.berth.core.Scale;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** What only a service is deployed with. */
final class ServiceOptions {
    static final List<String> NAMES =
            List.of("--port", "--command", "--idle", "--min", "--max", "--access", "--release", "--weight");

    @Option(names = "--port", description = "The port of a program that ignores $$PORT.")
    private Optional<Integer> port = Optional.empty();

    @Option(names = "--command", description = "One shell line that starts the service.")
    private Optional<String> command = Optional.empty();

    @Option(names = "--idle", description = "Stop instances after so long without a call, such as 30m or 1s.")
    private Optional<String> idle = Optional.empty();

    @Option(
            names = "--min",
            description =
                    "Instances that are kept running even without calls (default: container.config.json, else 0).")
    private Optional<Integer> min = Optional.empty();

    @Option(
            names = "--max",
            description = "The most instances that there may be (default: container.config.json, else 5).")
    private Optional<Integer> max = Optional.empty();

    @Option(
            names = "--access",
            split = ",",
            description = "Who may reach it: ${COMPLETION-CANDIDATES} (default: MINIAPP).")
    private Set<AccessKind> access = new LinkedHashSet<>();

    @Option(
            names = "--release",
            paramLabel = "full|gray",
            description = "full: all traffic at once (default). gray: --weight of it, once the new version is ready.")
    private Optional<String> release = Optional.empty();

    @Option(names = "--weight", paramLabel = "W", description = "Per cent of the traffic, with --release gray.")
    private Optional<Integer> weight = Optional.empty();

    /** @throws BerthException if {@code --min} and {@code --max} do not fit */
    void check(ServerCommand deploy) {
        if (port.isPresent() && (port.get() < 1 || port.get() > 65535)) {
            throw deploy.wrongUsage(
                    "--port: %d (expected: 1 to 65535)".formatted(port.get()), "For example: --port 8080");
        }
        checkRelease(deploy);
        checkScale();
    }

    private void checkRelease(ServerCommand deploy) {
        if (!release.isEmpty() && !List.of("full", "gray").contains(release.get())) {
            throw deploy.wrongUsage(
                    "--release: %s (expected: full or gray)".formatted(release.get()),
                    "For example: --release gray --weight 20");
        }
        boolean gray = release.equals(Optional.of("gray"));
        if (gray != weight.isPresent()) {
            throw deploy.wrongUsage(
                    gray ? "--weight: missing (expected: with --release gray)" : "--weight: without --release gray",
                    "For example: --release gray --weight 20");
        }
        if (gray && (weight.get() < 1 || weight.get() > 99)) {
            throw deploy.wrongUsage(
                    "--weight: %d (expected: 1 to 99, per cent)".formatted(weight.get()), "For example: --weight 20");
        }
    }

    /** Whether what is not said fits, the server knows: it may stand in container.config.json. */
    private void checkScale() {
        int least = min.orElse(0);
        var _ = new Scale(least, max.orElse(Math.max(1, least)));
    }

    ApiPath on(ApiPath versions) {
        ApiPath path = versions;
        if (command.isPresent()) {
            path = path.with("command", command.get());
        }
        if (port.isPresent()) {
            path = path.with("port", Integer.toString(port.get()));
        }
        if (weight.isPresent()) {
            path = path.with("release", "gray").with("weight", Integer.toString(weight.get()));
        }
        if (idle.isPresent()) {
            path = path.with("idle", idle.get());
        }
        if (min.isPresent()) {
            path = path.with("min", Integer.toString(min.get()));
        }
        if (max.isPresent()) {
            path = path.with("max", Integer.toString(max.get()));
        }
        return access.isEmpty()
                ? path
                : path.with("access", access.stream().map(AccessKind::name).collect(Collectors.joining(",")));
    }
}
