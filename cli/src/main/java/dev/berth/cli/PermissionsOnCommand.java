package dev.berth.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "on",
        header = "Let services call the paths of the permission list.",
        description = {"", "It is on from the beginning. Services that use tokens of their own need it off.", ""},
        footer = {"", "Example:", "  berth permissions on --env prod-01"})
final class PermissionsOnCommand extends ServerCommand {
    @Mixin
    private EnvironmentOption environment = new EnvironmentOption();

    PermissionsOnCommand(Shell shell) {
        super(shell);
    }

    @Override
    int run(ManagementApi api) {
        String env = environment.in(api);
        return print(
                api.put(PermissionsCommand.settingsOf(env), Json.object().put("on", true)),
                "Cloud call is on in %s.".formatted(env));
    }
}
