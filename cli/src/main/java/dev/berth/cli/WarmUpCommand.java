package dev.berth.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "warm-up",
        hidden = true,
        header = "Go once through everything, for the AOT cache that the launcher makes after a build.")
final class WarmUpCommand implements Callable<Integer> {
    private final Shell shell;

    WarmUpCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws Exception {
        return new WarmUp(shell).run();
    }
}
