package dev.berth.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "up",
        header = "Start the whole platform on this machine, offline, and deploy services and functions.",
        description = {
            "",
            "Starts the server with the simulated WeChat, deploys each PATH (without any: the examples), and prints where",
            "everything is. Ctrl-C stops the server and everything that it started. State is kept in .berth of this folder.",
            "Cloud functions of PATH are deployed again whenever one of their files is saved, and a line says so; with",
            "--detach it is in .berth/logs/up.log.",
            "A PATH that cannot be deployed is told; the others stay up, and with --detach the exit code is 1.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  berth up",
            "  berth up ./my-service ./another",
            "  berth up ./cloudfunctions",
            "  berth up --detach && berth call whoami / && berth down",
            "",
            "Ports: BERTH_GATEWAY_PORT (7080), BERTH_MANAGEMENT_PORT (7081), BERTH_INWARD_PORT (7082),",
            "BERTH_SIMULATOR_PORT (7083); 0 for a free one.",
            "Data folder: BERTH_DATA (.berth)."
        })
final class UpCommand implements Callable<Integer> {
    @Parameters(paramLabel = "PATH", arity = "0..*", description = "Folders of services or functions, or projects.")
    private List<Path> paths = new ArrayList<>();

    @Option(names = "--detach", description = "Return once everything is ready; stop it with: berth down.")
    private boolean detach;

    @Option(names = "--json", description = "Print the doors as one line of JSON instead of text.")
    private boolean json;

    @Option(names = "--no-watch", description = "Do not deploy functions again when they are saved.")
    private boolean noWatch;

    private final Shell shell;

    UpCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws Exception {
        if (detach) {
            return new DetachedServer(shell).start(upArguments());
        }
        return new Platform(shell).up(paths, !noWatch, json);
    }

    private List<String> upArguments() {
        List<String> arguments = new ArrayList<>(List.of("up"));
        if (json) {
            arguments.add("--json");
        }
        if (noWatch) {
            arguments.add("--no-watch");
        }
        paths.forEach(path -> arguments.add(path.toString()));
        return arguments;
    }
}
