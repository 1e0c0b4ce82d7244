package dev.berth.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "call",
        header = "Call a service as wx.cloud.callContainer would, as a signed-in user.",
        description = {
            "",
            "Prints the body as it comes. The service's own 404 or 500 is an answer, and exits with 0; a system error of "
                    + "the platform (x-wx-system-error) is told on standard error, and exits with 1.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  berth call whoami /",
            "  berth call todo /api/items -d '{\"title\":\"milk\"}' --as bob",
            "  berth call todo /api/items/1 -X DELETE -i",
            "  berth call upload /photo -d @photo.jpg -H 'Content-Type: image/jpeg'",
            "  berth call whoami / --from wx2222222222222222"
        })
final class CallCommand extends ServerCommand implements StrayData.Taker {
    @Parameters(index = "0", paramLabel = "SERVICE", description = "The service.")
    private String service = "";

    @Parameters(index = "1", paramLabel = "PATH", description = "Path and query; begins with /.")
    private String path = "";

    @Option(
            names = {"-X", "--request"},
            paramLabel = "METHOD",
            description = "Default: GET, with -d POST.")
    private Optional<String> method = Optional.empty();

    @Option(
            names = {"-d", "--data"},
            paramLabel = "DATA|@FILE",
            description = "The body; JSON unless -H says otherwise; @- reads standard input.")
    private Optional<String> data = Optional.empty();

    @Option(
            names = {"-H", "--header"},
            paramLabel = "'K: V'",
            description = "A header; repeatable.")
    private List<String> headers = new ArrayList<>();

    @Option(names = "--as", paramLabel = "USER", description = "Who calls (default: the simulator's first user).")
    private Optional<String> user = Optional.empty();

    @Option(names = "--from", paramLabel = "APPID", description = "The app that calls (default: the server's).")
    private Optional<String> from = Optional.empty();

    @Option(
            names = "--owner",
            paramLabel = "APPID",
            description =
                    "The app that owns a shared environment (default: the server's app, if --from is another one).")
    private Optional<String> owner = Optional.empty();

    @Mixin
    private EnvironmentOption environment = new EnvironmentOption();

    @Option(
            names = {"-i", "--include"},
            description = "Show status and headers, too.")
    private boolean head;

    CallCommand(Shell shell) {
        super(shell);
    }

    @Override
    void check() {
        if (!path.startsWith("/")) {
            throw wrongUsage("path: %s (expected: begins with /)".formatted(path), "Try: /" + path);
        }
        request(URI.create("http://localhost"));
    }

    @Override
    int run(ManagementApi api) {
        ManagementApi.Defaults defaults = api.defaults();
        String callId =
                System.currentTimeMillis() + "-" + ThreadLocalRandom.current().nextDouble(); // CH-28
        HttpRequest.Builder request = request(api.server().gateway())
                .header("X-WX-ENV", environment.given().orElse(defaults.environment()))
                .header("X-WX-SERVICE", service)
                .header("X-Berth-Session", session(api))
                .header("X-WX-CALL-ID", callId);
        owner(defaults).ifPresent(app -> request.header("X-WX-RESOURCE-APPID", app)); // CH-115
        CallAnswer answer = new CallAnswer(new Http().send(api.server(), request.build()), callId, service);
        return new CallPrinter(shell(), head, () -> isFunction(api)).print(answer, json());
    }

    @Override
    public String what() {
        return "The body";
    }

    @Override
    public String with(String quoted) {
        return "berth call %s %s -d %s".formatted(StrayData.quoted(service), StrayData.quoted(path), quoted);
    }

    private boolean isFunction(ManagementApi api) {
        return new Deployable(Deployable.Kind.SERVICE, environment.in(api), service).isInsteadAFunction(api);
    }

    private String session(ManagementApi api) {
        ObjectNode who = Json.object();
        user.ifPresent(name -> who.put("user", name));
        from.ifPresent(app -> who.put("app", app));
        return api.post(ApiPath.of("sessions"), who).path("session").asText();
    }

    private Optional<String> owner(ManagementApi.Defaults defaults) {
        boolean foreign = from.isPresent() && !from.get().equals(defaults.app());
        boolean defaultEnvironment =
                environment.given().orElse(defaults.environment()).equals(defaults.environment());
        return owner.or(() -> foreign && defaultEnvironment ? Optional.of(defaults.app()) : Optional.empty());
    }

    private HttpRequest.Builder request(URI gateway) {
        try {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(URI.create(URI.create(gateway + path).toASCIIString()));
            request.method(
                    method.map(name -> name.toUpperCase(Locale.ROOT)).orElse(data.isPresent() ? "POST" : "GET"),
                    data.isPresent()
                            ? BodyPublishers.ofByteArray(new GivenData(data.get()).bytes(this))
                            : BodyPublishers.noBody());
            headers.forEach(header -> add(header, request));
            if (data.isPresent() && headers.stream().noneMatch(CallCommand::isContentType)) {
                request.header("Content-Type", "application/json");
            }
            return request;
        } catch (IllegalArgumentException malformed) {
            throw wrongUsage(
                    "%s (expected: a URL path, a method, headers of HTTP)".formatted(malformed.getMessage()),
                    "Write a space in a path as %20, a header as -H 'Name: value'.");
        }
    }

    private void add(String header, HttpRequest.Builder request) {
        int colon = header.indexOf(':');
        if (colon < 1) {
            throw wrongUsage("-H: %s (expected: 'Name: value')".formatted(header), "For example: -H 'X-Trace: 1'");
        }
        request.header(
                header.substring(0, colon).strip(), header.substring(colon + 1).strip());
    }

    private static boolean isContentType(String header) {
        return header.regionMatches(true, 0, "content-type:", 0, "content-type:".length());
    }
}
