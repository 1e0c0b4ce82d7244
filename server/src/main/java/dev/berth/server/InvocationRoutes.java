package dev.berth.server;

import dev.berth.core.Caller;
import dev.berth.core.FunctionId;
import dev.berth.core.FunctionInvoker.Invocation;
import dev.berth.core.FunctionInvoker.Outcome;
import dev.berth.core.Origin;
import dev.berth.functions.Functions;
import dev.berth.functions.Inspection;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/** Functions run by hand: as an operator, or as a user of the simulated WeChat; also under a debugger. */
final class InvocationRoutes implements ManagementDoor.Routes {
    /** Beyond what any event may have (HO-57). */
    private static final int LONGEST_EVENT = 8 << 20;

    private static final int USUAL_DEBUGGER = 9229;

    private final FunctionPath path;
    private final Functions functions;
    private final SimulatedUsers users;

    InvocationRoutes(FunctionPath path, Functions functions, SimulatedUsers users) {
        this.path = path;
        this.functions = functions;
        this.users = users;
    }

    @Override
    public void addTo(Router router, Blocking blocking) {
        router.post("/environments/:env/functions/:name/invocations").handler(blocking.withBody(this::invoke));
        router.post("/environments/:env/functions/:name/inspections").handler(blocking.withBody(this::inspect));
    }

    private void invoke(RoutingContext context, RequestStream body)
            throws IOException, InterruptedException, ExecutionException {
        Outcome outcome = functions
                .invoker()
                .invoke(invocation(context, body))
                .toCompletableFuture()
                .get();
        FunctionJson.answer(context, outcome);
    }

    private void inspect(RoutingContext context, RequestStream body)
            throws IOException, InterruptedException, ExecutionException {
        int port = RequestQuery.number(context, "port", USUAL_DEBUGGER, 0, 65_535);
        Invocation invocation = invocation(context, body);
        String files = functions.filesOf(path.live(context).id()).toString();
        ResponseLines lines = new ResponseLines(context.response(), "application/x-ndjson");
        Inspection inspection = functions.inspect(
                invocation,
                port,
                url -> lines.write(new JsonObject()
                        .put("inspecting", new JsonObject().put("url", url).put("files", files))
                        .encode()));
        context.response().closeHandler(gone -> inspection.close());
        if (context.response().closed()) { // before its handler was set
            inspection.close();
        }
        Outcome outcome = inspection.outcome().toCompletableFuture().get();
        lines.write("{\"finished\":" + FunctionJson.of(outcome) + "}");
        lines.end();
    }

    private Invocation invocation(RoutingContext context, RequestStream body) throws IOException, InterruptedException {
        FunctionId function = path.known(context);
        Optional<Caller> caller = users.caller(RequestQuery.text(context, "as"), RequestQuery.text(context, "app"));
        byte[] event = body.readNBytes(LONGEST_EVENT + 1);
        if (event.length > LONGEST_EVENT) {
            throw RequestJson.tooLarge(LONGEST_EVENT);
        }
        return new Invocation(
                function,
                new String(event, StandardCharsets.UTF_8),
                Map.of(),
                caller.map(who -> Origin.client(who, "")).orElseGet(Origin::operator),
                RequestQuery.flag(context, "log", false));
    }
}
