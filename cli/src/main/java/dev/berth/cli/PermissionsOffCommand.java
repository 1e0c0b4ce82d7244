package dev.berth.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "off",
        header = "Let services call none of WeChat's APIs without a token.",
        description = {"", "The list is kept. A call is then answered as WeChat answers one without a token: 41001.", ""
        },
        footer = {"", "Example:", "  berth permissions off --env prod-01"})
final class PermissionsOffCommand extends ServerCommand {
    @Mixin
    private EnvironmentOption environment = new EnvironmentOption();

    PermissionsOffCommand(Shell shell) {
        super(shell);
    }

    @Override
    int run(ManagementApi api) {
        String env = environment.in(api);
        return print(
                api.put(PermissionsCommand.settingsOf(env), Json.object().put("on", false)),
                "Cloud call is off in %s; the list is kept.".formatted(env));
    }
}
