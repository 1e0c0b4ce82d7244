package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.core.BerthException;
import dev.berth.core.Problem;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "release",
        header = "Give a version of a service all of its traffic, or a part.",
        description = {
            "",
            "With --weight the other version that has most now gets the rest. A version that had no traffic is started first; "
                    + "if it does not become ready, nothing changes. No call in flight is cut.",
            ""
        },
        footer = {"", "Examples:", "  berth release whoami whoami-002", "  berth release whoami whoami-002 --weight 20"
        })
final class ReleaseCommand extends ServerCommand {
    @Parameters(index = "0", paramLabel = "SERVICE", description = "The service.")
    private String service = "";

    @Parameters(index = "1", paramLabel = "VERSION", description = "Such as whoami-002; see: berth versions SERVICE")
    private String version = "";

    @Option(names = "--weight", paramLabel = "W", description = "Per cent of the traffic (default: 100).")
    private Optional<Integer> weight = Optional.empty();

    @Mixin
    private EnvironmentOption environment = new EnvironmentOption();

    ReleaseCommand(Shell shell) {
        super(shell);
    }

    @Override
    void check() {
        if (weight.isPresent() && (weight.get() < 0 || weight.get() > 100)) {
            throw wrongUsage(
                    "--weight: %d (expected: 0 to 100, per cent)".formatted(weight.get()), "For example: --weight 20");
        }
    }

    @Override
    int run(ManagementApi api) {
        ObjectNode body = Json.object().put("version", version);
        weight.ifPresent(given -> body.put("weight", given));
        Deployable owner = new Deployable(Deployable.Kind.SERVICE, environment.in(api), service);
        try {
            JsonNode release = api.put(owner.path("release"), body);
            return print(release, "Traffic of %s: %s".formatted(service, Traffic.of(release)));
        } catch (BerthException refused) {
            throw owner.isInsteadAFunction(api) ? isFunction() : refused;
        }
    }

    private BerthException isFunction() {
        return new BerthException(new Problem(
                "SERVICE_UNKNOWN",
                "cli",
                "%s is a function, and one version of a function gets every call (expected: a service)"
                        .formatted(service),
                "Make another version live: ./berth rollback %s %s".formatted(service, version)));
    }
}
