package dev.berth.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "tokens",
        header = "Give services access tokens in a file, or none (微信令牌).",
        description = {
            "",
            "The file is /.tencentcloudbase/wx/cloudbase_access_token inside an instance; its token is for the parameter "
                    + "cloudbase_access_token and works through Berth only.",
            ""
        },
        footer = {"", "Examples:", "  berth permissions tokens on", "  berth permissions tokens off --env prod-02"})
final class PermissionsTokensCommand extends ServerCommand {
    private enum Wanted {
        ON,
        OFF
    }

    @Parameters(paramLabel = "on|off", description = "Whether.")
    private Wanted wanted = Wanted.OFF;

    @Mixin
    private EnvironmentOption environment = new EnvironmentOption();

    PermissionsTokensCommand(Shell shell) {
        super(shell);
    }

    @Override
    int run(ManagementApi api) {
        String env = environment.in(api);
        boolean on = wanted == Wanted.ON;
        return print(
                api.put(PermissionsCommand.settingsOf(env), Json.object().put("tokens", on)),
                on
                        ? "Services of %s are given a token file, with each instance that starts from now on."
                                .formatted(env)
                        : "Services of %s are given no token file.".formatted(env));
    }
}
