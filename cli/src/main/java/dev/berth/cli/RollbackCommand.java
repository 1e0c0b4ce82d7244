package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "rollback",
        header = "Give all traffic of a service or a cloud function back to an older version.",
        description = {
            "",
            "Without VERSION: while versions share the traffic, to the one that had all of it before they did; otherwise to the "
                    + "latest older one that had all of it. The version is started first; no call in flight is cut.",
            "Of a function, without VERSION: to the one that was live before.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  berth rollback whoami",
            "  berth rollback whoami whoami-001",
            "  berth rollback sum"
        })
final class RollbackCommand extends ServerCommand {
    @Parameters(index = "0", paramLabel = "NAME", description = "The service or function.")
    private String name = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "VERSION", description = "An older version.")
    private Optional<String> version = Optional.empty();

    @Mixin
    private DeployableOptions deployable = new DeployableOptions();

    RollbackCommand(Shell shell) {
        super(shell);
    }

    @Override
    int run(ManagementApi api) {
        ObjectNode body = Json.object();
        version.ifPresent(given -> body.put("version", given));
        Deployable owner = deployable.named(name, api);
        JsonNode release = api.post(owner.path("rollback"), body);
        String sentence = owner.isFunction()
                ? "Live version of %s: %s".formatted(name, Table.cell(release.path("version")))
                : "Traffic of %s: %s".formatted(name, Traffic.of(release));
        return print(release, sentence);
    }
}
