package dev.berth.cli;

import dev.berth.core.BerthException;
import dev.berth.core.Names;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "up",
        header = "Start the whole platform on this machine, offline, and deploy services and functions.",
        description = {
            "",
            "Starts the server with the simulated WeChat, deploys each PATH (without any: the examples), and prints where",
            "everything is. Ctrl-C stops the server and everything that it started. State is kept in .berth of this folder.",
            "Cloud functions of PATH are deployed again whenever one of their files is saved, and a line says so; with",
            "--detach it is in .berth/logs/up.log.",
            "With --env everything of PATH comes into that environment, which is added if it is missing: for a project that",
            "names it in wx.cloud.init or cloud.init.",
            "A PATH that cannot be deployed is told; the others stay up, and with --detach the exit code is 1.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  berth up",
            "  berth up ./my-service ./another",
            "  berth up ./cloudfunctions",
            "  berth up --env cloud1-3gabc ./my-mini-program",
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

    @Mixin
    private EnvironmentOption environment = new EnvironmentOption();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    private final Shell shell;

    UpCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws Exception {
        environment.given().ifPresent(this::requireId);
        if (detach) {
            return new DetachedServer(shell).start(upArguments());
        }
        return new Platform(shell).up(paths, environment.given(), !noWatch, json);
    }

    private void requireId(String id) {
        try {
            Names.requireEnvironmentId(id);
        } catch (BerthException unsuitable) {
            throw new WrongUsage(
                    spec.commandLine(),
                    "--env: " + unsuitable.problem().message(),
                    "For example: berth up --env cloud1-3gabc ./my-mini-program");
        }
    }

    private List<String> upArguments() {
        List<String> arguments = new ArrayList<>(List.of("up"));
        if (json) {
            arguments.add("--json");
        }
        if (noWatch) {
            arguments.add("--no-watch");
        }
        environment.given().ifPresent(id -> arguments.addAll(List.of("--env", id)));
        paths.forEach(path -> arguments.add(path.toString()));
        return arguments;
    }
}
