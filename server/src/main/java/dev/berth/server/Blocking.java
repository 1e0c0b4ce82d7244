package dev.berth.server;

import dev.berth.core.BerthException;
import dev.berth.core.Problem;
import io.vertx.core.Handler;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.lang.System.Logger.Level;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Runs routes that block, each on a virtual thread of its own, and answers what they throw. */
final class Blocking implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Blocking.class.getName());

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    interface Route {
        void handle(RoutingContext context) throws Exception;
    }

    Handler<RoutingContext> route(Route route) {
        return context -> {
            context.request().pause();
            threads.execute(() -> run(route, context));
        };
    }

    private static void run(Route route, RoutingContext context) {
        try {
            route.handle(context);
        } catch (BerthException e) {
            refuse(context, statusOf(e.problem().code()), e.problem());
        } catch (DecodeException | ClassCastException e) {
            refuse(
                    context,
                    400,
                    new Problem("REQUEST_INVALID", "server", "body: not the JSON object expected", "See docs."));
        } catch (Exception e) {
            LOG.log(Level.ERROR, "Management request failed", e);
            refuse(context, 500, new Problem("UNEXPECTED", "server", String.valueOf(e), "Look into logs/server.log."));
        }
    }

    static void refuse(RoutingContext context, int status, Problem problem) {
        if (context.response().headWritten() || context.response().closed()) {
            return;
        }
        context.response()
                .setStatusCode(status)
                .putHeader("content-type", "application/json; charset=utf-8")
                .putHeader("connection", "close")
                .end(errorOf(problem).toBuffer());
    }

    static JsonObject errorOf(Problem problem) {
        return new JsonObject()
                .put(
                        "error",
                        new JsonObject()
                                .put("code", problem.code())
                                .put("component", problem.component())
                                .put("message", problem.message())
                                .put("hint", problem.hint()));
    }

    static void answer(RoutingContext context, JsonObject body) {
        context.response()
                .putHeader("content-type", "application/json; charset=utf-8")
                .end(body.toBuffer());
    }

    private static int statusOf(String code) {
        if (code.endsWith("_UNKNOWN")) {
            return 404;
        }
        if (code.endsWith("_TAKEN") || code.equals("SIMULATOR_OFF")) {
            return 409;
        }
        return code.equals("BODY_TOO_LARGE") ? 413 : 400;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
