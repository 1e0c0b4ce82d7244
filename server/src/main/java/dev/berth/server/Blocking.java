package dev.berth.server;

import dev.berth.core.BerthException;
import dev.berth.core.Problem;
import io.vertx.core.Handler;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Runs routes that block, each on a virtual thread of its own, and answers what they throw. */
final class Blocking implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Blocking.class.getName());
    private static final long SECONDS_TO_END = 5;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    interface Route {
        void handle(RoutingContext context) throws Exception;
    }

    interface BodyRoute {
        void handle(RoutingContext context, RequestStream body) throws Exception;
    }

    Handler<RoutingContext> route(Route route) {
        return withBody((context, body) -> route.handle(context));
    }

    Handler<RoutingContext> withBody(BodyRoute route) {
        return context -> {
            RequestStream body = new RequestStream(context.vertx(), context.request());
            threads.execute(() -> run(route, context, body));
        };
    }

    private static void run(BodyRoute route, RoutingContext context, RequestStream body) {
        try (body) {
            route.handle(context, body);
        } catch (BerthException e) {
            ErrorAnswer.send(context, e.problem());
        } catch (CompletionException e) {
            if (e.getCause() instanceof BerthException refusal) {
                ErrorAnswer.send(context, refusal.problem());
            } else {
                ErrorAnswer.send(context, 500, defect(context, e));
            }
        } catch (HttpException e) { // by Vert.x, for a query that is not one
            ErrorAnswer.send(
                    context, RequestQuery.invalid("query: " + e.getPayload()).problem());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the server stops, and with it the connection
        } catch (Exception e) {
            ErrorAnswer.send(context, 500, defect(context, e));
        }
    }

    /** Logged, and what is told of it. */
    static Problem defect(RoutingContext context, Throwable failure) {
        LOG.log(Level.ERROR, "Management request " + ErrorAnswer.requestId(context) + " failed", failure);
        return new Problem("UNEXPECTED", "server", String.valueOf(failure), "Look into logs/server.log.");
    }

    static void answer(RoutingContext context, JsonObject body) {
        context.response()
                .putHeader("content-type", "application/json; charset=utf-8")
                .end(body.toBuffer());
    }

    @Override
    public void close() {
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS)) {
                LOG.log(Level.WARNING, "A management request does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
