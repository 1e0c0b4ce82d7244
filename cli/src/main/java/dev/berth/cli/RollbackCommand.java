package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "rollback",
        header = "Give all traffic of a service back to an older version.",
        description = {
            "",
            "Without VERSION: while versions share the traffic, to the one that had all of it before they did; otherwise to the "
                    + "latest older one that had all of it. The version is started first; no call in flight is cut.",
            ""
        },
        footer = {"", "Examples:", "  berth rollback whoami", "  berth rollback whoami whoami-001"})
final class RollbackCommand extends ServerCommand {
    @Parameters(index = "0", paramLabel = "SERVICE", description = "The service.")
    private String service = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "VERSION", description = "An older version.")
    private Optional<String> version = Optional.empty();

    @Mixin
    private EnvironmentOption environment = new EnvironmentOption();

    RollbackCommand(Shell shell) {
        super(shell);
    }

    @Override
    int run(ManagementApi api) {
        ObjectNode body = Json.object();
        version.ifPresent(name -> body.put("version", name));
        JsonNode release =
                api.post(ApiPath.of("environments", environment.in(api), "services", service, "rollback"), body);
        return print(release, "Traffic of %s: %s".formatted(service, Traffic.of(release)));
    }
}
