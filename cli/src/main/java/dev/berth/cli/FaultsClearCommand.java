package dev.berth.cli;

import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "clear",
        header = "Take one fault back, or all.",
        footer = {"", "Examples:", "  berth faults clear", "  berth faults clear 3"})
final class FaultsClearCommand extends ServerCommand {
    @Parameters(paramLabel = "ID", arity = "0..1", description = "See: berth faults; without it all.")
    private Optional<String> id = Optional.empty();

    FaultsClearCommand(Shell shell) {
        super(shell);
    }

    @Override
    int run(ManagementApi api) {
        return id.isPresent()
                ? print(
                        api.delete(ApiPath.of("simulator", "faults", id.get())),
                        "Fault %s is taken back.".formatted(id.get()))
                : print(api.delete(ApiPath.of("simulator", "faults")), "Nothing goes wrong any more.");
    }
}
