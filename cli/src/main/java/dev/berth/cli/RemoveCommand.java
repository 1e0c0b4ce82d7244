package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "rm",
        header = "Remove a service or a cloud function with all it has, or one version of it.",
        description = {
            "",
            "It goes with its versions, files and logs. A version can go while it has no traffic; of a function, while it is "
                    + "not live. Asks first; without a terminal it needs --yes.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  berth rm whoami",
            "  berth rm whoami/whoami-001 --yes",
            "  berth rm sum --function"
        })
final class RemoveCommand extends ServerCommand {
    @Parameters(paramLabel = "NAME[/VERSION]", description = "What to remove.")
    private String what = "";

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    @Mixin
    private DeployableOptions deployable = new DeployableOptions();

    RemoveCommand(Shell shell) {
        super(shell);
    }

    @Override
    void check() {
        if (what.startsWith("/") || what.endsWith("/") || what.split("/", -1).length > 2) {
            throw wrongUsage(
                    "%s (expected: NAME or NAME/VERSION)".formatted(what), "For example: berth rm whoami/whoami-001");
        }
        if (!yes && !new Question(shell()).canBeAsked()) {
            throw wrongUsage(
                    "%s would be removed, and there is no terminal to ask (expected: --yes)".formatted(what),
                    "If you are sure: berth rm %s%s --yes"
                            .formatted(what, deployable.isFunction() ? " --function" : ""));
        }
    }

    @Override
    int run(ManagementApi api) {
        String name = what.split("/", -1)[0];
        Optional<String> version =
                what.contains("/") ? Optional.of(what.substring(name.length() + 1)) : Optional.empty();
        Deployable owner = deployable.named(name, api);
        if (!yes && !new Question(shell()).isYes(question(owner))) {
            shell().err().println("Nothing was removed.");
            return ExitCode.REFUSED;
        }
        JsonNode answer =
                api.delete(version.map(given -> owner.path("versions", given)).orElseGet(owner::path));
        return print(answer, "%s removed.".formatted(version.orElse(name)));
    }

    private String question(Deployable owner) {
        return "Remove %s%s in %s for good?"
                .formatted(owner.isFunction() ? "function " : "", what, owner.environment());
    }
}
