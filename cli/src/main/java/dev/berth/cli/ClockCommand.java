package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "clock",
        header = "Show or change the time in the simulated WeChat.",
        description = {
            "",
            "Sign-in codes, tokens and quotas there go by it; Berth itself goes on with the time of the machine.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  berth clock",
            "  berth clock --advance 2h",
            "  berth clock --set 2026-01-01T00:00:00Z",
            "  berth clock --reset"
        })
final class ClockCommand extends ServerCommand {
    @ArgGroup
    private Change change = new Change();

    static final class Change {
        @Option(names = "--set", paramLabel = "TIME", description = "Stop it at this time.")
        private Optional<String> now = Optional.empty();

        @Option(names = "--advance", paramLabel = "T", description = "Move it on, such as 5m; -5m moves it back.")
        private Optional<String> advance = Optional.empty();

        @Option(names = "--reset", description = "Let it run with the real time again.")
        private boolean reset;
    }

    ClockCommand(Shell shell) {
        super(shell);
    }

    @Override
    int run(ManagementApi api) {
        ApiPath path = ApiPath.of("simulator", "clock");
        if (change.reset) {
            api.delete(path);
        }
        JsonNode clock = change.now
                .map(time -> api.put(path, Json.object().put("now", time)))
                .or(() -> change.advance.map(span -> api.put(path, Json.object().put("advance", span))))
                .orElseGet(() -> api.get(path));
        return print(
                clock,
                "%s, %s"
                        .formatted(
                                Table.time(clock.path("now")),
                                clock.path("standing").asBoolean() ? "standing" : "running"));
    }
}
