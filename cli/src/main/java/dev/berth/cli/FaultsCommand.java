package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

@Command(
        name = "faults",
        header = "Show what goes wrong in the simulated WeChat, or let something go wrong.",
        description = {"", "Faults last until they are cleared or spent, or the server stops.", ""},
        footer = {
            "",
            "Examples:",
            "  berth faults",
            "  berth faults add --api /wxa/msg_sec_check --errcode 45009 --count 2",
            "  berth faults clear"
        },
        subcommands = {FaultsAddCommand.class, FaultsClearCommand.class})
final class FaultsCommand extends ServerCommand {
    private static final List<String> EFFECTS = List.of("errcode", "expiredToken", "status", "reset", "garbage");

    FaultsCommand(Shell shell) {
        super(shell);
    }

    @Override
    int run(ManagementApi api) {
        JsonNode answer = api.get(ApiPath.of("simulator", "faults"));
        if (json()) {
            return print(answer, "");
        }
        if (answer.path("faults").isEmpty()) {
            shell().out().println("Nothing goes wrong. Let something with: ./berth faults add --help");
            return ExitCode.OK;
        }
        Table table = new Table("ID", "API", "APP", "USER", "COUNT", "STRUCK", "WHAT");
        for (JsonNode fault : answer.path("faults")) {
            table.row(
                    Table.cell(fault.path("id")),
                    Table.cell(fault.path("api")),
                    Table.cell(fault.path("app")),
                    Table.cell(fault.path("user")),
                    Table.cell(fault.path("count")),
                    Table.cell(fault.path("struck")),
                    what(fault));
        }
        table.print(shell().out());
        return ExitCode.OK;
    }

    /** Delay, probability and effect, as the simulator names them. */
    static String what(JsonNode fault) {
        ObjectNode rest = Json.object();
        for (Map.Entry<String, JsonNode> field : fault.properties()) {
            boolean always =
                    field.getKey().equals("probability") && field.getValue().asDouble() == 1;
            boolean told = field.getKey().equals("delay")
                    || field.getKey().equals("errmsg")
                    || field.getKey().equals("probability")
                    || EFFECTS.contains(field.getKey());
            if (told && !always) {
                rest.set(field.getKey(), field.getValue());
            }
        }
        return rest.isEmpty()
                ? "-"
                : rest.toString().replaceAll("[{}\"]", "").replace(",", ", ").replace(":", " ");
    }
}
