package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "rm",
        header = "Remove a service with all it has, or one version of it.",
        description = {
            "",
            "A service goes with its versions, files and logs. A version can go while it has no traffic. Asks first; without a "
                    + "terminal it needs --yes.",
            ""
        },
        footer = {"", "Examples:", "  berth rm whoami", "  berth rm whoami/whoami-001 --yes"})
final class RemoveCommand extends ServerCommand {
    @Parameters(paramLabel = "SERVICE[/VERSION]", description = "What to remove.")
    private String what = "";

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    @Mixin
    private EnvironmentOption environment = new EnvironmentOption();

    RemoveCommand(Shell shell) {
        super(shell);
    }

    @Override
    void check() {
        if (what.startsWith("/") || what.endsWith("/") || what.split("/", -1).length > 2) {
            throw wrongUsage(
                    "%s (expected: SERVICE or SERVICE/VERSION)".formatted(what),
                    "For example: berth rm whoami/whoami-001");
        }
        if (!yes && !new Question(shell()).canBeAsked()) {
            throw wrongUsage(
                    "%s would be removed, and there is no terminal to ask (expected: --yes)".formatted(what),
                    "If you are sure: berth rm %s --yes".formatted(what));
        }
    }

    @Override
    int run(ManagementApi api) {
        String env = environment.in(api);
        if (!yes && !new Question(shell()).isYes("Remove %s in %s for good?".formatted(what, env))) {
            shell().err().println("Nothing was removed.");
            return ExitCode.REFUSED;
        }
        String service = what.split("/", -1)[0];
        Optional<String> version =
                what.contains("/") ? Optional.of(what.substring(service.length() + 1)) : Optional.empty();
        JsonNode answer = api.delete(
                version.isPresent()
                        ? ApiPath.of("environments", env, "services", service, "versions", version.get())
                        : ApiPath.of("environments", env, "services", service));
        return print(answer, "%s removed.".formatted(version.orElse(service)));
    }
}
