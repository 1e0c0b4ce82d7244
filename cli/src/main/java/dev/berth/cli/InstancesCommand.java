package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "instances",
        header = "List the running instances of a service, or the processes that run a cloud function.",
        description = {
            "",
            "STATE: starting, running, suspected (a connection to it broke, it is being looked at), or leaving (gets no new "
                    + "calls and stops when those it has have ended).",
            "Of a function: starting, warm (has loaded the code and was never called), busy, or idle (was called, and may be "
                    + "again). MEMORY: what it uses, with its child processes. CALLS: how many it runs.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  berth instances whoami",
            "  berth instances whoami --json",
            "  berth instances sum"
        })
final class InstancesCommand extends ServerCommand {
    @Parameters(paramLabel = "NAME", description = "The service or function.")
    private String name = "";

    @Mixin
    private DeployableOptions deployable = new DeployableOptions();

    InstancesCommand(Shell shell) {
        super(shell);
    }

    @Override
    int run(ManagementApi api) {
        Deployable owner = deployable.named(name, api);
        String what = owner.isFunction() ? "hosts" : "instances";
        JsonNode answer = api.get(owner.path(what));
        if (json()) {
            return print(answer, "");
        }
        if (!answer.path(what).isEmpty()) {
            Table table = owner.isFunction() ? ofFunction(answer.path(what)) : ofService(answer.path(what));
            table.print(shell().out());
        } else if (owner.isFunction()) {
            shell().out().println("No process runs %s. The next call starts one.".formatted(name));
        } else {
            printNone(api.get(owner.path()));
        }
        return ExitCode.OK;
    }

    private static Table ofService(JsonNode instances) {
        Table table = new Table("ID", "VERSION", "STATE", "PID", "ENDPOINT", "STARTED", "IN FLIGHT");
        for (JsonNode instance : instances) {
            table.row(
                    Table.cell(instance.path("id")),
                    Table.cell(instance.path("version")),
                    Table.cell(instance.path("state")),
                    starting(instance) ? "-" : Table.cell(instance.path("pid")),
                    starting(instance) ? "-" : Table.cell(instance.path("endpoint")),
                    Table.time(instance.path("startedAt")),
                    Table.cell(instance.path("inFlight")));
        }
        return table;
    }

    private static Table ofFunction(JsonNode hosts) {
        Table table = new Table("ID", "VERSION", "STATE", "PID", "STARTED", "IDLE SINCE", "MEMORY", "CALLS");
        for (JsonNode host : hosts) {
            table.row(
                    Table.cell(host.path("id")),
                    Table.cell(host.path("version")),
                    Table.cell(host.path("state")),
                    Table.cell(host.path("pid")),
                    Table.time(host.path("startedAt")),
                    Table.time(host.path("idleSince")),
                    host.path("memoryUsed").asInt() == 0 ? "-" : host.path("memoryUsed") + " MB",
                    Table.cell(host.path("invocations")));
        }
        return table;
    }

    private void printNone(JsonNode service) {
        List<FailingService> failing = FailingService.of(
                JsonNodeFactory.instance.arrayNode().add(service),
                deployable.environment().orElse(""));
        shell().out()
                .println("No instance of %s runs.%s"
                        .formatted(name, failing.isEmpty() ? " The next call starts one." : ""));
        failing.forEach(one -> one.print(shell().out()));
    }

    /** It has no process yet, or none that anybody could call. */
    private static boolean starting(JsonNode instance) {
        return instance.path("state").asText().equals("starting");
    }
}
