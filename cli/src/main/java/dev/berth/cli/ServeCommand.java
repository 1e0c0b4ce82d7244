package dev.berth.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "serve",
        header = "Run the server alone, for production.",
        description = {
            "",
            "Talks to the real WeChat unless the configuration says otherwise, deploys nothing, and runs until it is told to",
            "stop (Ctrl-C, SIGTERM, berth down). Add an app with: berth apps add; an environment with: berth envs add.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  berth serve --config server.yaml",
            "",
            "A server.yaml:",
            "  data: /var/lib/berth",
            "  gateway: {host: 0.0.0.0, tls: terminated, origins: [https://shop.example.com]}",
            "  logs: {format: json}",
            "",
            "Every key is in docs/configuration.md; what holds, and why, is told by: berth config --config server.yaml",
            "Beyond loopback a door needs a proxy that has TLS in front: tls: terminated says that there is one."
        })
final class ServeCommand implements Callable<Integer> {
    @Option(names = "--config", paramLabel = "FILE", description = "The configuration, in YAML.")
    private Optional<Path> file = Optional.empty();

    private final Shell shell;

    ServeCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws Exception {
        return new Platform(shell).serve(file.map(shell.folder()::resolve));
    }
}
