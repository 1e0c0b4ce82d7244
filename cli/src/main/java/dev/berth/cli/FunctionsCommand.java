package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "functions",
        header = "List the cloud functions of an environment.",
        description = {
            "",
            "VERSION: the live one, which every call goes to; the others: berth versions FUNCTION.",
            "TIMEOUT, MEMORY: what one call may take.",
            "HOSTS: the processes that run it now, and the memory that they use. Without any the next call starts one.",
            "PERMISSIONS: the open APIs that it may call (permissions.openapi of its config.json).",
            "TRIGGER: when it is called by itself, and the name of that; seven fields, second first.",
            ""
        },
        footer = {"", "Examples:", "  berth functions", "  berth functions --env prod-02 --json"})
final class FunctionsCommand extends ServerCommand {
    @Mixin
    private EnvironmentOption environment = new EnvironmentOption();

    FunctionsCommand(Shell shell) {
        super(shell);
    }

    @Override
    int run(ManagementApi api) {
        String env = environment.in(api);
        JsonNode answer = api.get(ApiPath.of("environments", env, "functions"));
        if (json()) {
            return print(answer, "");
        }
        if (answer.path("functions").isEmpty()) {
            shell().out()
                    .println("No functions in %s yet. Deploy a cloudfunctions folder, or one below it, with: "
                                    .formatted(env)
                            + "./berth deploy PATH");
            return ExitCode.OK;
        }
        Table table = new Table("NAME", "VERSION", "TIMEOUT", "MEMORY", "HOSTS", "PERMISSIONS", "TRIGGER");
        for (JsonNode function : answer.path("functions")) {
            FunctionCells cells = new FunctionCells(function);
            table.row(
                    Table.cell(function.path("name")),
                    Table.cell(function.path("version")),
                    cells.timeout(),
                    cells.memory(),
                    hosts(function),
                    cells.permissions(),
                    cells.trigger());
        }
        table.print(shell().out());
        LostLines.print(shell().out(), answer.path("functions"));
        return ExitCode.OK;
    }

    /** {@code 1 warm, 2 busy, 57 MB}. */
    private static String hosts(JsonNode function) {
        List<String> cells = new ArrayList<>();
        Stream.of("starting", "warm", "busy")
                .filter(state -> function.path("hosts").path(state).asInt() > 0)
                .forEach(state -> cells.add(function.path("hosts").path(state).asInt() + " " + state));
        if (function.path("memoryUsed").asInt() > 0) {
            cells.add(function.path("memoryUsed").asInt() + " MB");
        }
        return cells.isEmpty() ? "-" : String.join(", ", cells);
    }
}
