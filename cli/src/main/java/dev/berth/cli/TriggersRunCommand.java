package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.berth.core.BerthException;
import dev.berth.core.Problem;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "run",
        header = "Run a function now, as its timer would.",
        description = {
            "",
            "Prints what the function returned; what it wrote goes to standard error. A function that fails exits with 1. "
                    + "The times at which it is due stay as they are.",
            ""
        },
        footer = {"", "Examples:", "  berth triggers run report", "  berth triggers run report --env prod-02 --json"})
final class TriggersRunCommand extends ServerCommand {
    @Parameters(paramLabel = "FUNCTION", description = "A function that has a trigger; see: berth triggers")
    private String function = "";

    @Mixin
    private EnvironmentOption environment = new EnvironmentOption();

    TriggersRunCommand(Shell shell) {
        super(shell);
    }

    @Override
    int run(ManagementApi api) {
        String env = environment.in(api);
        String trigger = triggerOf(api.get(TriggersCommand.pathOf(env)).path("triggers"), env);
        JsonNode run = api.post(
                ApiPath.of("environments", env, "functions", function, "triggers", trigger, "run"), Json.object());
        InvocationPrinter printer = new InvocationPrinter(shell(), function, environment.given());
        if (!json()) {
            printer.printLog(run);
        }
        return printer.print(run, json());
    }

    /** A function has one at most (HO-60). */
    private String triggerOf(JsonNode triggers, String env) {
        return StreamSupport.stream(triggers.spliterator(), false)
                .filter(trigger -> trigger.path("function").asText().equals(function))
                .map(trigger -> trigger.path("trigger").asText())
                .findFirst()
                .orElseThrow(() -> new BerthException(new Problem(
                        "TRIGGER_UNKNOWN",
                        "cli",
                        "function: %s has no trigger in %s (expected: %s)".formatted(function, env, known(triggers)),
                        "See what there is with: ./berth triggers")));
    }

    private static String known(JsonNode triggers) {
        if (triggers.isEmpty()) {
            return "one that has, but none has";
        }
        ArrayNode names = Json.texts(triggers.findValuesAsText("function"));
        return "one of " + Table.list(names);
    }
}
