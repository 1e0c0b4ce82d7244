package dev.berth.cli;

import dev.berth.server.BerthServer;
import dev.berth.server.ConfigFile;
import dev.berth.server.ServerConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "up",
        header = "Start the whole platform on this machine, offline, and deploy services.",
        description = {
            "",
            "Starts the server with the simulated WeChat, deploys each PATH (without any: the examples), and prints where",
            "everything is. Ctrl-C stops the server and everything that it started. State is kept in .berth of this folder.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  berth up",
            "  berth up ./my-service ./another",
            "  berth up --detach && berth call whoami / && berth down",
            "",
            "Ports: BERTH_GATEWAY_PORT (7080), BERTH_MANAGEMENT_PORT (7081), BERTH_SIMULATOR_PORT (7083); 0 for a free one.",
            "Data folder: BERTH_DATA (.berth)."
        })
final class UpCommand implements Callable<Integer> {
    @Parameters(paramLabel = "PATH", arity = "0..*", description = "Folders of services to deploy.")
    private List<Path> paths = new ArrayList<>();

    @Option(names = "--detach", description = "Return once everything is ready; stop it with: berth down.")
    private boolean detach;

    @Option(names = "--json", description = "Print the doors as one line of JSON instead of text.")
    private boolean json;

    private final Shell shell;

    UpCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws Exception {
        ServerConfig config = ConfigFile.withEnvironment(ServerConfig.forUp(shell.folder()), shell.environment());
        if (detach) {
            return new DetachedServer(shell, config.data()).start(upArguments());
        }
        long began = System.nanoTime();
        return new ForegroundServer(shell, config).run(server -> {
            deploy(server);
            new Welcome(shell, server).print(json, (System.nanoTime() - began) / 1_000_000);
        });
    }

    private void deploy(BerthServer server) {
        Shell here = shell.withVariable("BERTH_DATA", server.description().getString("data"));
        List<Path> folders = paths.isEmpty() ? Examples.services() : paths;
        for (Path folder : folders) {
            Shell quiet = json ? here.withOutput(shell.err()) : here;
            Main.run(quiet, "deploy", folder.toString()); // a refusal is printed there; the platform stays up
        }
    }

    private List<String> upArguments() {
        List<String> arguments = new ArrayList<>(List.of("up"));
        if (json) {
            arguments.add("--json");
        }
        paths.forEach(path -> arguments.add(path.toString()));
        return arguments;
    }
}
