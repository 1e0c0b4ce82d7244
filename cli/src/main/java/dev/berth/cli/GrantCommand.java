package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "grant",
        header = "Let another app call the services of an environment (资源复用).",
        description = {
            "",
            "The other app then calls with resourceAppid (the owner) and resourceEnv (this environment).",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  berth grant wx2222222222222222",
            "  berth grant wx2222222222222222 --env prod-02 --revoke",
            "  berth call whoami / --from wx2222222222222222"
        })
final class GrantCommand extends ServerCommand {
    @Parameters(paramLabel = "APPID", description = "The app that may call.")
    private String app = "";

    @Option(names = "--revoke", description = "Take the grant back.")
    private boolean revoke;

    @Mixin
    private EnvironmentOption environment = new EnvironmentOption();

    GrantCommand(Shell shell) {
        super(shell);
    }

    @Override
    int run(ManagementApi api) {
        String env = environment.in(api);
        ApiPath path = ApiPath.of("environments", env, "grants", app);
        JsonNode answer = revoke ? api.delete(path) : api.put(path, Json.object());
        return print(
                answer, "%s %s call the services of %s.".formatted(app, revoke ? "may no longer" : "may now", env));
    }
}
