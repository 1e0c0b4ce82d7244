package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "events",
        header = "Show what was done to the platform, and what it did by itself.",
        description = {
            "",
            "Oldest first: deployments, releases, instances that start and end, and who did it. Calls are not events; see: berth "
                    + "calls. With --json one event a line.",
            ""
        },
        footer = {"", "Examples:", "  berth events", "  berth events --service whoami -n 20", "  berth events -f"})
final class EventsCommand extends ServerCommand {
    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            defaultValue = "50",
            description = "How many past ones (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = "--service", paramLabel = "S", description = "Only those of this service.")
    private Optional<String> service = Optional.empty();

    @Option(names = "--kind", paramLabel = "KIND", description = "Only those of this kind, such as version_deployed.")
    private Optional<String> kind = Optional.empty();

    @Option(
            names = {"-f", "--follow"},
            description = "Keep printing new ones until Ctrl-C.")
    private boolean follow;

    EventsCommand(Shell shell) {
        super(shell);
    }

    @Override
    void check() {
        if (limit < 1 || limit > 1000) {
            throw wrongUsage("--limit: %d (expected: 1 to 1000)".formatted(limit), "For example: -n 20");
        }
    }

    @Override
    int run(ManagementApi api) {
        Feed events = new Feed(this, api, this::newest, "events", EventsCommand::line);
        if (follow) {
            events.follow(limit);
        } else {
            events.print(limit);
        }
        return ExitCode.OK;
    }

    private ApiPath newest(int most) {
        ApiPath path = ApiPath.of("events").with("limit", Integer.toString(most));
        if (service.isPresent()) {
            path = path.with("service", service.get());
        }
        return kind.isPresent() ? path.with("kind", kind.get()) : path;
    }

    private static String line(JsonNode event) {
        return "%s  %-21s  %s: %s  (%s)"
                .formatted(
                        Table.time(event.path("at")),
                        Table.cell(event.path("kind")),
                        Table.cell(event.path("subject")),
                        Table.cell(event.path("reason")),
                        Table.cell(event.path("actor")));
    }
}
