package dev.berth.server;

import dev.berth.core.DirectorySource;
import dev.berth.core.FunctionId;
import dev.berth.functions.Functions;
import dev.berth.hosting.Hosting;
import dev.berth.logs.Log;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** What the instances of a service, or the hosts of a function, write: so far, or as it comes. */
final class LogRoutes implements ManagementDoor.Routes {
    private final RequestPath services;
    private final FunctionPath functions;
    private final Hosting hosting;
    private final Functions functionRoom;

    LogRoutes(DirectorySource directory, Hosting hosting, Functions functionRoom) {
        this.services = new RequestPath(directory);
        this.functions = new FunctionPath(directory);
        this.hosting = hosting;
        this.functionRoom = functionRoom;
    }

    @Override
    public void addTo(Router router, Blocking blocking) {
        router.get("/environments/:env/services/:name/logs").handler(blocking.route(this::ofService));
        router.get("/environments/:env/functions/:name/logs").handler(blocking.route(this::ofFunction));
    }

    private void ofService(RoutingContext context) throws InterruptedException {
        String environment = services.environment(context);
        String service = services.service(context);
        answer(
                context,
                hosting.log(environment, service),
                log -> services.isThere(context) && hosting.log(environment, service) == log);
    }

    private void ofFunction(RoutingContext context) throws InterruptedException {
        FunctionId function = functions.known(context);
        answer(
                context,
                functionRoom.log(function),
                log -> functions.isThere(context) && functionRoom.log(function) == log);
    }

    private static void answer(RoutingContext context, Log log, Predicate<Log> isCurrent) throws InterruptedException {
        int count = RequestQuery.number(context, "lines", 200, 0, 100_000);
        boolean follows = RequestQuery.flag(context, "follow", false);
        ResponseLines lines = new ResponseLines(context.response(), "text/plain; charset=utf-8");
        if (follows) {
            follow(context, log, isCurrent, count, lines);
        } else {
            log.tail(count).forEach(lines::write);
        }
        lines.end();
    }

    /** Until the client goes, or what is followed. */
    private static void follow(
            RoutingContext context, Log log, Predicate<Log> isCurrent, int count, ResponseLines lines)
            throws InterruptedException {
        CountDownLatch gone = new CountDownLatch(1);
        context.response().closeHandler(closed -> gone.countDown());
        context.response().writeHead();
        Log.Following following = log.follow(count, line -> {
            if (!lines.write(line)) {
                gone.countDown();
            }
        });
        try {
            boolean over = false;
            while (!over) { // a removal tells nobody, and the client may have gone before its handler was set
                over = gone.await(1, TimeUnit.SECONDS) || context.response().closed() || !isCurrent.test(log);
            }
        } finally {
            following.close();
        }
    }
}
