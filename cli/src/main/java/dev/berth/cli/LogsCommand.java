package dev.berth.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "logs",
        header = "Show what a service or a cloud function wrote to its standard output and error.",
        description = {"", "Oldest line first. With --json one object {\"line\":…} a line.", ""},
        footer = {"", "Examples:", "  berth logs whoami", "  berth logs whoami -f -n 20", "  berth logs sum"})
final class LogsCommand extends ServerCommand {
    @Parameters(paramLabel = "NAME", description = "The service or function.")
    private String name = "";

    @Option(
            names = {"-f", "--follow"},
            description = "Keep printing new lines until Ctrl-C.")
    private boolean follow;

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            defaultValue = "200",
            description = "How many past lines (default: ${DEFAULT-VALUE}).")
    private int lines;

    @Mixin
    private DeployableOptions deployable = new DeployableOptions();

    LogsCommand(Shell shell) {
        super(shell);
    }

    @Override
    void check() {
        if (lines < 0) {
            throw wrongUsage("--lines: %d (expected: 0 or more)".formatted(lines), "For example: -n 50");
        }
    }

    @Override
    int run(ManagementApi api) {
        ApiPath path = deployable
                .named(name, api)
                .path("logs")
                .with("lines", Integer.toString(lines))
                .with("follow", Boolean.toString(follow));
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(api.stream(path), StandardCharsets.UTF_8))) {
            boolean readerGone = false; // as with: berth logs whoami -f | head
            for (String line = reader.readLine(); line != null && !readerGone; line = reader.readLine()) {
                print(Json.object().put("line", line), line);
                readerGone = shell().out().checkError();
            }
            return ExitCode.OK;
        } catch (IOException broken) {
            throw Http.broken(api.server().management(), broken);
        }
    }
}
