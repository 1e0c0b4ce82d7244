package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "permissions",
        header = "Show or change which of WeChat's APIs services may call without a token (云调用).",
        description = {
            "",
            "One switch and one list for each environment, for all its services. A service then calls "
                    + "http://api.weixin.qq.com/… without a token; a path that is not in the list is refused. A change "
                    + "holds at once.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  berth permissions",
            "  berth permissions add /wxa/msg_sec_check",
            "  berth permissions set permissions.txt --env prod-02"
        },
        subcommands = {
            PermissionsAddCommand.class,
            PermissionsRemoveCommand.class,
            PermissionsSetCommand.class,
            PermissionsOnCommand.class,
            PermissionsOffCommand.class,
            PermissionsTokensCommand.class
        })
final class PermissionsCommand extends ServerCommand {
    @Mixin
    private EnvironmentOption environment = new EnvironmentOption();

    PermissionsCommand(Shell shell) {
        super(shell);
    }

    static ApiPath settingsOf(String environment) {
        return ApiPath.of("environments", environment, "cloud-call");
    }

    static ApiPath pathsOf(String environment) {
        return ApiPath.of("environments", environment, "cloud-call", "paths");
    }

    @Override
    int run(ManagementApi api) {
        String env = environment.in(api);
        JsonNode settings = api.get(settingsOf(env));
        if (json()) {
            return print(settings, "");
        }
        PrintStream out = shell().out();
        boolean on = settings.path("on").asBoolean();
        out.println("Cloud call in %s: %s; token file: %s"
                .formatted(env, on ? "on" : "off", settings.path("tokens").asBoolean() ? "on" : "off"));
        if (!on) {
            out.println("  → Every call is refused (41001). Turn it on with: ./berth permissions on");
        }
        if (settings.path("paths").isEmpty()) {
            out.println("Services may call nothing yet. Allow something with: ./berth permissions add "
                    + "/wxa/msg_sec_check");
            return ExitCode.OK;
        }
        KnownApis known = KnownApis.load();
        Table table = new Table("PATH", "API");
        for (JsonNode path : settings.path("paths")) {
            String names = known.names(path.asText());
            table.row(Table.cell(path), names.isEmpty() ? "-" : names);
        }
        table.print(out);
        return ExitCode.OK;
    }
}
