package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "invoke",
        header = "Call a cloud function as wx.cloud.callFunction would.",
        description = {
            "",
            "Prints what it returned as JSON. What it threw is told on standard error, and exits with 1.",
            "With --as a signed-in user calls: getWXContext() has OPENID, and cloud.openapi may be used. Without it nobody of "
                    + "WeChat calls, as in a test from the cloud console: there is no OPENID, and cloud.openapi fails with "
                    + "-501007 (missing wxCloudApiToken).",
            "With --inspect a process of its own waits for a debugger before it loads the function; how to attach one is "
                    + "told on standard error. Ctrl-C ends it.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  berth invoke sum -d '{\"a\":1,\"b\":2}' --as alice",
            "  berth invoke sum -d @event.json --as alice --log",
            "  berth invoke sum --as bob --from wx2222222222222222",
            "  berth invoke sum -d '{\"a\":1}' --inspect"
        })
final class InvokeCommand extends ServerCommand implements StrayData.Taker {
    private static final String ANY_EVENT = "For example: berth invoke sum -d '{\"a\":1,\"b\":2}'";

    @Parameters(paramLabel = "FUNCTION", description = "The function.")
    private String function = "";

    @Option(
            names = {"-d", "--data"},
            paramLabel = "JSON|@FILE",
            description = "The event, a JSON object (default: {}); @- reads standard input.")
    private String data = "{}";

    @Option(names = "--as", paramLabel = "USER", description = "Who calls (default: nobody of WeChat).")
    private Optional<String> user = Optional.empty();

    @Option(
            names = "--from",
            paramLabel = "APPID",
            description = "The app that the user is in (default: the server's).")
    private Optional<String> from = Optional.empty();

    @Option(names = "--log", description = "Show on standard error what it wrote.")
    private boolean log;

    @Option(
            names = "--inspect",
            paramLabel = "PORT",
            arity = "0..1",
            fallbackValue = "9229",
            description = "Wait for a debugger on this port, or on any free one with 0 (default: ${FALLBACK-VALUE}).")
    private Optional<Integer> inspect = Optional.empty();

    @Mixin
    private EnvironmentOption environment = new EnvironmentOption();

    private String event = ""; // read once: standard input has no second time

    InvokeCommand(Shell shell) {
        super(shell);
    }

    @Override
    void check() {
        event = new String(new GivenData(data).bytes(this), StandardCharsets.UTF_8);
        if (!Json.readOrMissing(event).isObject()) {
            throw wrongUsage("-d: %s (expected: a JSON object)".formatted(shortened(event)), ANY_EVENT);
        }
        if (from.isPresent() && user.isEmpty()) {
            throw wrongUsage(
                    "--from: without --as (expected: with it)", "For example: --as alice --from " + from.get());
        }
        if (inspect.isPresent() && (inspect.get() < 0 || inspect.get() > 65535)) {
            throw wrongUsage(
                    "--inspect: %d (expected: 0 to 65535)".formatted(inspect.get()), "For example: --inspect=9230");
        }
    }

    @Override
    int run(ManagementApi api) {
        Deployable called = new Deployable(Deployable.Kind.FUNCTION, environment.in(api), function);
        InvocationPrinter printer = new InvocationPrinter(shell(), function, environment.given());
        if (inspect.isPresent()) {
            ApiPath path = asked(called.path("inspections"))
                    .with("port", Integer.toString(inspect.get()))
                    .with("log", "true");
            return new Inspection(shell(), printer, function, json()).run(api, path, event);
        }
        ApiPath path = asked(called.path("invocations"));
        JsonNode answer = api.post(log ? path.with("log", "true") : path, event);
        if (log && !json()) {
            printer.printLog(answer);
        }
        return printer.print(answer, json());
    }

    @Override
    public String what() {
        return "The event";
    }

    @Override
    public String with(String quoted) {
        return "berth invoke %s -d %s".formatted(StrayData.quoted(function), quoted);
    }

    private ApiPath asked(ApiPath path) {
        ApiPath asked = user.isPresent() ? path.with("as", user.get()) : path;
        return from.isPresent() ? asked.with("app", from.get()) : asked;
    }

    private static String shortened(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() > 60 ? line.substring(0, 60) + "…" : line;
    }
}
