package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

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
        long newest = tell(api, limit, 0);
        while (follow && !shell().out().checkError() && sleep()) { // a reader such as head may have gone
            newest = tell(api, 1000, newest);
        }
        return ExitCode.OK;
    }

    /** @return the number of the newest event told so far */
    private long tell(ManagementApi api, int most, long after) {
        List<JsonNode> events = new ArrayList<>();
        api.get(path(most, after)).path("events").forEach(events::add);
        for (JsonNode event : events.reversed()) {
            print(event, line(event));
        }
        return events.isEmpty() ? after : events.getFirst().path("id").asLong();
    }

    private ApiPath path(int most, long after) {
        ApiPath path = ApiPath.of("events").with("limit", Integer.toString(most));
        if (after > 0) {
            path = path.with("after", Long.toString(after));
        }
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

    private static boolean sleep() {
        try {
            Thread.sleep(LOOK_EVERY);
            return true;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
