package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "remove",
        header = "Take paths out of the permission list.",
        description = {"", "What a /* allows besides goes on being allowed.", ""},
        footer = {"", "Example:", "  berth permissions remove /wxa/msg_sec_check"})
final class PermissionsRemoveCommand extends ServerCommand {
    @Parameters(paramLabel = "PATH", arity = "1..*", description = "As it stands in the list; see: berth permissions")
    private List<String> paths = new ArrayList<>();

    @Mixin
    private EnvironmentOption environment = new EnvironmentOption();

    PermissionsRemoveCommand(Shell shell) {
        super(shell);
    }

    @Override
    void check() {
        PermissionsAddCommand.requirePaths(this, "remove", paths);
    }

    @Override
    int run(ManagementApi api) {
        String env = environment.in(api);
        JsonNode answer =
                api.delete(PermissionsCommand.pathsOf(env), Json.object().set("paths", Json.texts(paths)));
        JsonNode removed = answer.path("changed");
        print(
                answer,
                removed.isEmpty()
                        ? "Nothing to remove in %s.".formatted(env)
                        : "Removed from the list of %s: %s".formatted(env, Table.list(removed)));
        Set<String> rest = new HashSet<>(paths);
        removed.forEach(path -> rest.remove(path.asText()));
        rest.stream().sorted().forEach(path -> shell().err().println("note: %s was not in the list".formatted(path)));
        return ExitCode.OK;
    }
}
