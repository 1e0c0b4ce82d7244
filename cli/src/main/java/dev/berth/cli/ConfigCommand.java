package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "config",
        header = "Show the configuration that holds, and where each value comes from.",
        description = {
            "",
            "Prints YAML that a server can be started with: defaults, then the file, then the environment; each wins over the",
            "one before. Needs no server, and exits with 1 and all that is wrong if the configuration is refused.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  berth config --config server.yaml",
            "  berth config --for up",
            "  berth config --running --json | jq '.settings[] | select(.source != \"default\")'"
        })
final class ConfigCommand implements Callable<Integer> {
    enum For {
        UP,
        SERVE
    }

    @Option(names = "--config", paramLabel = "FILE", description = "The configuration, in YAML, as for berth serve.")
    private Optional<Path> file = Optional.empty();

    @Option(names = "--for", paramLabel = "up|serve", description = "Whose defaults: up or serve (default: serve).")
    private Optional<For> whose = Optional.empty();

    @Option(names = "--running", description = "Ask the running server what it was started with.")
    private boolean running;

    @Option(names = "--json", description = "Print JSON instead of YAML.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    private final Shell shell;

    ConfigCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        JsonNode configuration = running ? ofTheRunningServer() : ofTheNextServer();
        if (json) {
            shell.out().println(configuration);
        } else {
            new ConfigPrinter(configuration).printTo(shell.out());
        }
        return ExitCode.OK;
    }

    private JsonNode ofTheRunningServer() {
        if (file.isPresent() || whose.isPresent()) {
            throw wrongUsage("--running: asks the server, so it goes with neither --config nor --for");
        }
        return new ManagementApi(RunningServer.require(shell), new Http()).get(ApiPath.of("config"));
    }

    private JsonNode ofTheNextServer() {
        boolean up = whose.orElse(For.SERVE) == For.UP;
        if (up && file.isPresent()) {
            throw wrongUsage("--config: berth up reads no file, so it does not go with --for up");
        }
        return Json.readOrMissing(new Platform(shell).config(up, file.map(shell.folder()::resolve)));
    }

    private WrongUsage wrongUsage(String message) {
        return new WrongUsage(spec.commandLine(), message, "See berth config --help.");
    }
}
