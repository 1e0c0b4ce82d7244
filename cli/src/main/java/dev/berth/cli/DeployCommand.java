package dev.berth.cli;

import dev.berth.core.AccessKind;
import dev.berth.core.BerthException;
import dev.berth.core.Names;
import dev.berth.core.Scale;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "deploy",
        header = "Deploy a folder as a new version of a service.",
        description = {
            "",
            "How it is started: --command, else the Dockerfile's CMD or ENTRYPOINT, else npm start, else the runnable jar. "
                    + "The service is to listen on $PORT; one that ignores it takes --port.",
            "What is sent: the folder without .git, .berth and what .dockerignore names.",
            "A folder that did not change makes no new version.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  berth deploy ./whoami",
            "  berth deploy ./whoami --release gray --weight 20",
            "  berth deploy . --name api --set LOG_LEVEL=debug --idle 1s",
            "  berth deploy ./api --min 1 --max 3",
            "  berth deploy ./legacy --port 8080 --command 'python3 app.py' --access MINIAPP,PUBLIC"
        })
final class DeployCommand extends ServerCommand {
    @Parameters(paramLabel = "PATH", description = "The folder.")
    private Path folder = Path.of("");

    @Mixin
    private EnvironmentOption environment = new EnvironmentOption();

    @Option(names = "--name", description = "The service (default: the folder's name).")
    private Optional<String> name = Optional.empty();

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

    @Option(names = "--set", paramLabel = "K=V", description = "An environment variable of the service; repeatable.")
    private Map<String, String> variables = new LinkedHashMap<>();

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

    @Option(names = "--no-install", description = "Do not run npm ci or the like on the server.")
    private boolean noInstall;

    DeployCommand(Shell shell) {
        super(shell);
    }

    @Override
    void check() {
        Path given = shell().folder().resolve(folder);
        if (!Files.isDirectory(given)) {
            throw wrongUsage(
                    Files.exists(given)
                            ? "%s is not a folder (expected: the folder of a service)".formatted(given)
                            : "%s does not exist (expected: the folder of a service)".formatted(given),
                    "For example: berth deploy ./my-service");
        }
        if (port.isPresent() && (port.get() < 1 || port.get() > 65535)) {
            throw wrongUsage("--port: %d (expected: 1 to 65535)".formatted(port.get()), "For example: --port 8080");
        }
        checkRelease();
        try {
            checkScale();
            Names.requireServiceName(service());
        } catch (BerthException unsuitable) {
            throw wrongUsage(
                    unsuitable.problem().message(), unsuitable.problem().hint());
        }
    }

    private void checkRelease() {
        if (!release.isEmpty() && !List.of("full", "gray").contains(release.get())) {
            throw wrongUsage(
                    "--release: %s (expected: full or gray)".formatted(release.get()),
                    "For example: --release gray --weight 20");
        }
        boolean gray = release.equals(Optional.of("gray"));
        if (gray != weight.isPresent()) {
            throw wrongUsage(
                    gray ? "--weight: missing (expected: with --release gray)" : "--weight: without --release gray",
                    "For example: --release gray --weight 20");
        }
        if (gray && (weight.get() < 1 || weight.get() > 99)) {
            throw wrongUsage(
                    "--weight: %d (expected: 1 to 99, per cent)".formatted(weight.get()), "For example: --weight 20");
        }
    }

    /** Whether what is not said fits, the server knows: it may stand in container.config.json. */
    private void checkScale() {
        int least = min.orElse(0);
        var _ = new Scale(least, max.orElse(Math.max(1, least)));
    }

    @Override
    int run(ManagementApi api) {
        ApiPath services = ApiPath.of("environments", environment.in(api), "services");
        List<FolderEntry> entries = FolderListing.of(source());
        // A refusal of the token or the environment comes before the folder is sent, not into the middle of it.
        api.get(services);
        return new Deployment(shell(), json())
                .send(api, options(new ApiPath(services.text() + "/" + service() + "/versions")), entries);
    }

    private ApiPath options(ApiPath versions) {
        ApiPath path = versions.with("install", Boolean.toString(!noInstall));
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
        if (!access.isEmpty()) {
            path = path.with("access", access.stream().map(AccessKind::name).collect(Collectors.joining(",")));
        }
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            path = path.with("env", variable.getKey() + "=" + variable.getValue());
        }
        return path;
    }

    private String service() {
        return name.orElseGet(() -> {
            Path last = source().getFileName();
            return last == null ? "" : last.toString();
        });
    }

    private Path source() {
        return shell().folder().resolve(folder).normalize();
    }
}
