package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "triggers",
        header = "List when the timers of functions are due, or run one now.",
        description = {
            "",
            "CRON: second, minute, hour, day of month, month, day of week, year; read in the server's functions.time-zone. "
                    + "NEXT and LAST are UTC. LAST is the latest tick that this server ran since it started, OUTCOME what "
                    + "came of it.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  berth triggers",
            "  berth triggers --env prod-02 --json",
            "  berth triggers run report"
        },
        subcommands = TriggersRunCommand.class)
final class TriggersCommand extends ServerCommand {
    @Mixin
    private EnvironmentOption environment = new EnvironmentOption();

    TriggersCommand(Shell shell) {
        super(shell);
    }

    static ApiPath pathOf(String environment) {
        return ApiPath.of("environments", environment, "triggers");
    }

    @Override
    int run(ManagementApi api) {
        String env = environment.in(api);
        JsonNode answer = api.get(pathOf(env));
        if (json()) {
            return print(answer, "");
        }
        PrintStream out = shell().out();
        if (answer.path("triggers").isEmpty()) {
            out.println("No function of %s has a trigger. Add one to triggers in its config.json, and deploy it again."
                    .formatted(env));
            return ExitCode.OK;
        }
        Table table = new Table("FUNCTION", "TRIGGER", "CRON", "NEXT", "LAST", "OUTCOME");
        Set<String> zones = new TreeSet<>();
        for (JsonNode trigger : answer.path("triggers")) {
            zones.add(Table.cell(trigger.path("zone")));
            table.row(
                    Table.cell(trigger.path("function")),
                    Table.cell(trigger.path("trigger")),
                    Table.cell(trigger.path("cron")),
                    Table.time(trigger.path("next")),
                    Table.time(trigger.path("last").path("tick")),
                    outcome(trigger.path("last")));
        }
        table.print(out);
        out.println("CRON is in %s; NEXT and LAST are UTC.".formatted(String.join(", ", zones)));
        answer.path("triggers").forEach(this::printProblem);
        return ExitCode.OK;
    }

    private static String outcome(JsonNode last) {
        if (last.isMissingNode()) {
            return "-";
        }
        if (!last.path("ended").asBoolean()) {
            return "running";
        }
        return last.has("error")
                ? "%s %s"
                        .formatted(
                                last.path("error").path("code").asText(),
                                Table.cell(last.path("error").path("message")))
                : "ok, %d ms".formatted(last.path("totalMillis").asLong());
    }

    private void printProblem(JsonNode trigger) {
        if (trigger.has("problem")) {
            shell().out()
                    .println("%s never runs: %s"
                            .formatted(Table.cell(trigger.path("function")), Table.cell(trigger.path("problem"))));
            shell().out().println("  → Correct triggers in its config.json, and deploy it again.");
        }
    }
}
