package dev.berth.cli;

import picocli.CommandLine.Command;

@Command(
        name = "clear",
        header = "Forget what the simulated WeChat was asked.",
        footer = {"", "Example:", "  berth journal clear"})
final class JournalClearCommand extends ServerCommand {
    JournalClearCommand(Shell shell) {
        super(shell);
    }

    @Override
    int run(ManagementApi api) {
        return print(api.delete(ApiPath.of("simulator", "journal")), "The journal is empty.");
    }
}
