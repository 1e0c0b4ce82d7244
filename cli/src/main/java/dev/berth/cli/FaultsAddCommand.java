package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "add",
        header = "Let calls of WeChat's API go wrong, in the simulated WeChat.",
        description = {
            "",
            "Without --api, --app and --user every call; without --count as often as there are calls. What is answered in the "
                    + "place of WeChat's answer is at most one of --errcode, --expired-token, --status, --reset and --garbage.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  berth faults add --api /wxa/msg_sec_check --errcode 45009 --count 2",
            "  berth faults add --delay 2s --probability 0.1",
            "  berth faults add --user alice --garbage BROKEN_JSON"
        })
final class FaultsAddCommand extends ServerCommand {
    @Option(names = "--api", paramLabel = "A", description = "A path or name, such as security.msgSecCheck.")
    private Optional<String> calledApi = Optional.empty();

    @Option(names = "--app", paramLabel = "APPID", description = "Only calls in the name of this app.")
    private Optional<String> app = Optional.empty();

    @Option(names = "--user", paramLabel = "USER", description = "Only calls about this user; a name or an openid.")
    private Optional<String> user = Optional.empty();

    @Option(names = "--count", paramLabel = "N", description = "How often.")
    private Optional<Long> count = Optional.empty();

    @Option(names = "--probability", paramLabel = "P", description = "Above 0, at most 1 (default: 1).")
    private Optional<Double> probability = Optional.empty();

    @Option(names = "--delay", paramLabel = "T", description = "Such as 200ms or 2s.")
    private Optional<String> delay = Optional.empty();

    @Option(names = "--errmsg", paramLabel = "TEXT", description = "With --errcode; else WeChat's own text.")
    private Optional<String> errmsg = Optional.empty();

    @ArgGroup
    private Effect effect = new Effect();

    static final class Effect {
        @Option(names = "--errcode", paramLabel = "N", description = "Such as 45009.")
        private Optional<Long> errcode = Optional.empty();

        @Option(names = "--expired-token", description = "42001.")
        private boolean expiredToken;

        @Option(names = "--status", paramLabel = "N", description = "An HTTP status, 400 to 599.")
        private Optional<Long> status = Optional.empty();

        @Option(names = "--reset", description = "The connection is reset.")
        private boolean reset;

        @Option(names = "--garbage", paramLabel = "G", description = "BROKEN_JSON, WRONG_LENGTH or CUT_OFF.")
        private Optional<String> garbage = Optional.empty();
    }

    FaultsAddCommand(Shell shell) {
        super(shell);
    }

    @Override
    int run(ManagementApi api) {
        ObjectNode fault = Json.object();
        calledApi.ifPresent(value -> fault.put("api", value));
        app.ifPresent(value -> fault.put("app", value));
        user.ifPresent(value -> fault.put("user", value));
        count.ifPresent(value -> fault.put("count", value));
        probability.ifPresent(value -> fault.put("probability", value));
        delay.ifPresent(value -> fault.put("delay", value));
        errmsg.ifPresent(value -> fault.put("errmsg", value));
        effect.errcode.ifPresent(value -> fault.put("errcode", value));
        effect.status.ifPresent(value -> fault.put("status", value));
        effect.garbage.ifPresent(value -> fault.put("garbage", value));
        if (effect.expiredToken) {
            fault.put("expiredToken", true);
        }
        if (effect.reset) {
            fault.put("reset", true);
        }
        JsonNode added = api.post(ApiPath.of("simulator", "faults"), fault);
        return print(
                added,
                "Fault %s is set: %s. Take it back with: ./berth faults clear %s"
                        .formatted(
                                Table.cell(added.path("id")), FaultsCommand.what(added), Table.cell(added.path("id"))));
    }
}
