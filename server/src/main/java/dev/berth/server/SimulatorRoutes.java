package dev.berth.server;

import dev.berth.core.BerthException;
import dev.berth.core.Event;
import dev.berth.core.Problem;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the control API of the simulator (docs/simulator.md) has for tests, for who holds the token: what users were sent,
 * faults, the journal, and the clock. Passed on as it is.
 */
final class SimulatorRoutes implements ManagementDoor.Routes {
    private static final int LONGEST_BODY = 64 * 1024;
    private static final String HERE = "/simulator/";
    private static final String THERE = "/__sim__/";

    private final Optional<SimulatedWeChat> simulator;
    private final OperatorEvents events;

    SimulatorRoutes(Optional<SimulatedWeChat> simulator, OperatorEvents events) {
        this.simulator = simulator;
        this.events = events;
    }

    @Override
    public void addTo(Router router, Blocking blocking) {
        ask(router, blocking, HttpMethod.GET, "users/:user/inbox");
        change(router, blocking, HttpMethod.DELETE, "users/:user/inbox");
        ask(router, blocking, HttpMethod.GET, "faults");
        change(router, blocking, HttpMethod.POST, "faults");
        change(router, blocking, HttpMethod.DELETE, "faults");
        change(router, blocking, HttpMethod.DELETE, "faults/:id");
        ask(router, blocking, HttpMethod.GET, "journal");
        change(router, blocking, HttpMethod.DELETE, "journal");
        ask(router, blocking, HttpMethod.POST, "journal/verify");
        ask(router, blocking, HttpMethod.GET, "clock");
        change(router, blocking, HttpMethod.PUT, "clock");
        change(router, blocking, HttpMethod.DELETE, "clock");
    }

    private void ask(Router router, Blocking blocking, HttpMethod method, String route) {
        router.route(method, HERE + route)
                .handler(blocking.withBody((context, body) -> passOn(context, body, THERE + route)));
    }

    private void change(Router router, Blocking blocking, HttpMethod method, String route) {
        router.route(method, HERE + route).handler(blocking.withBody((context, body) -> {
            String target = passOn(context, body, THERE + route);
            events.server(
                    context,
                    Event.Kind.SIMULATOR_CHANGED,
                    target.substring(THERE.length()),
                    method.equals(HttpMethod.DELETE) ? "taken back or emptied" : "set");
        }));
    }

    /** @return the path there */
    private String passOn(RoutingContext context, RequestStream body, String route)
            throws IOException, InterruptedException {
        SimulatedWeChat weChat = simulator.orElseThrow(SimulatorRoutes::off);
        byte[] bytes = body.readNBytes(LONGEST_BODY + 1);
        if (bytes.length > LONGEST_BODY) {
            throw new BerthException(new Problem(
                    "BODY_TOO_LARGE",
                    "server",
                    "body: more than %d bytes (expected: at most that)".formatted(LONGEST_BODY),
                    "Send less; see docs/simulator.md."));
        }
        String target = target(context, route);
        String method = context.request().method().name();
        String user = Objects.requireNonNullElse(context.pathParam("user"), SimulatedWeChat.ANYBODY);
        Blocking.answer(context, weChat.send(method, target + query(context), Buffer.buffer(bytes), user));
        return target;
    }

    private static String target(RoutingContext context, String route) {
        String target = route;
        for (String name : context.pathParams().keySet()) {
            target = target.replace(":" + name, encoded(context.pathParam(name)));
        }
        return target;
    }

    private static String query(RoutingContext context) {
        return context.queryParams().isEmpty()
                ? ""
                : context.queryParams().entries().stream()
                        .map(parameter -> encoded(parameter.getKey()) + "=" + encoded(parameter.getValue()))
                        .collect(Collectors.joining("&", "?", ""));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    static BerthException off() {
        return new BerthException(new Problem(
                "SIMULATOR_OFF",
                "server",
                "the simulator is off, so there is nobody and nothing of it to ask for or to change",
                "Start with ./berth up, or set simulator.enabled: true in the configuration."));
    }
}
