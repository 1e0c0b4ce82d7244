package dev.berth.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "envs",
        header = "Add an environment: what an app owns and deploys into.",
        footer = {"", "Example:", "  berth envs add prod-02 --app wx2222222222222222"},
        synopsisSubcommandLabel = "COMMAND",
        subcommands = EnvsAddCommand.class)
final class EnvsCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new WrongUsage(
                spec.commandLine(),
                "envs: nothing to do (expected: a subcommand)",
                "For example: berth envs add prod-02 --app wx2222222222222222");
    }
}
