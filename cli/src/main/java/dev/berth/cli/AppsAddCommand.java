package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.core.AppKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "add",
        header = "Add an app, or change its secret.",
        description = {
            "",
            "The app secret is read from standard input, so that it stays out of the shell's history and the list "
                    + "of processes. In a terminal it is asked for and not shown.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  berth apps add wx2222222222222222 < secret.txt",
            "  berth apps add wx3333333333333333 --kind OFFICIAL_ACCOUNT < secret.txt"
        })
final class AppsAddCommand extends ServerCommand {
    @Parameters(paramLabel = "APPID", description = "Such as wx2222222222222222.")
    private String appId = "";

    @Option(
            names = "--kind",
            defaultValue = "MINI_PROGRAM",
            description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private AppKind kind = AppKind.MINI_PROGRAM;

    AppsAddCommand(Shell shell) {
        super(shell);
    }

    @Override
    int run(ManagementApi api) {
        String secret = new SecretInput(shell()).read("App secret of " + appId + ": ");
        if (secret.isEmpty()) {
            throw wrongUsage(
                    "The app secret is empty (expected: one line on standard input)",
                    "For example: berth apps add %s < secret.txt".formatted(appId));
        }
        JsonNode body = Json.object().put("secret", secret).put("kind", kind.name());
        JsonNode app = api.put(ApiPath.of("apps", appId), body);
        return print(
                app, "%s added. Give it an environment with: ./berth envs add ENV --app %s".formatted(appId, appId));
    }
}
