package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that asks a running server for something. */
abstract class ServerCommand implements Callable<Integer> {
    @Option(names = "--json", description = "Print JSON, one value a line, for programs.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    private final Shell shell;

    ServerCommand(Shell shell) {
        this.shell = shell;
    }

    /** Asks the server and prints; answers the {@link ExitCode}. */
    abstract int run(ManagementApi api);

    @Override
    public Integer call() {
        check();
        return run(new ManagementApi(RunningServer.require(shell), new Http()));
    }

    /** Refuses wrong usage before a server is looked for. */
    void check() {}

    final Shell shell() {
        return shell;
    }

    final boolean json() {
        return json;
    }

    /** Prints the server's answer for a program, or the sentence for a person. */
    final int print(JsonNode answer, String sentence) {
        shell.out().println(json ? answer.toString() : sentence);
        return ExitCode.OK;
    }

    final boolean isGiven(String option) {
        return spec.commandLine().getParseResult().hasMatchedOption(option);
    }

    final WrongUsage wrongUsage(String message, String hint) {
        return new WrongUsage(spec.commandLine(), message, hint);
    }
}
