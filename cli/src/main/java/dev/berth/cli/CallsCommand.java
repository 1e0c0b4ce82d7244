package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "calls",
        header = "List the latest calls through the gateway, newest first; or those toward WeChat.",
        description = {
            "",
            "COLD tells whether an instance had to be started for the call. REASON says why a call got no answer of a "
                    + "service.",
            "With --wechat: what services and Berth itself asked of WeChat. ERRCODE is WeChat's, or Berth's where REASON "
                    + "says why Berth refused.",
            "With --follow oldest first, and with --json one call a line.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  berth calls",
            "  berth calls -n 5 --json",
            "  berth calls --wechat --service whoami",
            "  berth calls --wechat -f"
        })
final class CallsCommand extends ServerCommand {
    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            defaultValue = "50",
            description = "How many (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = "--wechat", description = "The calls toward WeChat (http://api.weixin.qq.com).")
    private boolean weChat;

    @Option(names = "--service", paramLabel = "S", description = "With --wechat: only those of this service.")
    private Optional<String> service = Optional.empty();

    @Option(
            names = {"-e", "--env"},
            paramLabel = "ENV",
            description = "With --wechat: only those of services of this environment.")
    private Optional<String> environment = Optional.empty();

    @Option(
            names = {"-f", "--follow"},
            description = "With --wechat: keep printing new ones until Ctrl-C.")
    private boolean follow;

    CallsCommand(Shell shell) {
        super(shell);
    }

    @Override
    void check() {
        if (limit < 1) {
            throw wrongUsage("--limit: %d (expected: 1 or more)".formatted(limit), "For example: -n 20");
        }
        if (!weChat && (follow || service.isPresent() || environment.isPresent())) {
            throw wrongUsage(
                    "--follow, --service, --env: without --wechat (expected: with it)",
                    "For example: berth calls --wechat -f");
        }
    }

    @Override
    int run(ManagementApi api) {
        return weChat ? listWeChat(api) : list(api);
    }

    private int listWeChat(ManagementApi api) {
        WeChatCalls calls = new WeChatCalls(this, api, environment, service);
        return follow ? calls.follow(limit) : calls.list(limit);
    }

    private int list(ManagementApi api) {
        JsonNode answer = api.get(ApiPath.of("calls").with("limit", Integer.toString(limit)));
        if (json()) {
            return print(answer, "");
        }
        if (answer.path("calls").isEmpty()) {
            shell().out().println("No calls yet. Make one with: ./berth call SERVICE PATH");
            return ExitCode.OK;
        }
        Table table =
                new Table("AT", "METHOD", "PATH", "SERVICE", "STATUS", "OUTCOME", "COLD", "MS", "CALL ID", "REASON");
        for (JsonNode call : answer.path("calls")) {
            table.row(
                    Table.cell(call.path("at")),
                    Table.cell(call.path("method")),
                    Table.cell(call.path("path")),
                    Table.cell(call.path("service")),
                    Table.cell(call.path("status")),
                    Table.cell(call.path("outcome")),
                    call.path("cold").asBoolean() ? "cold" : "-",
                    Table.cell(call.path("totalMillis")),
                    Table.cell(call.path("callId")),
                    Table.cell(call.path("reason")));
        }
        table.print(shell().out());
        return ExitCode.OK;
    }
}
