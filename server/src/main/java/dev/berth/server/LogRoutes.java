package dev.berth.server;

import dev.berth.core.DirectorySource;
import dev.berth.hosting.Hosting;
import dev.berth.logs.Log;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What the instances of a service write: so far, or as it comes. */
final class LogRoutes implements ManagementDoor.Routes {
    private final RequestPath path;
    private final Hosting hosting;

    LogRoutes(DirectorySource directory, Hosting hosting) {
        this.path = new RequestPath(directory);
        this.hosting = hosting;
    }

    @Override
    public void addTo(Router router, Blocking blocking) {
        router.get("/environments/:env/services/:name/logs").handler(blocking.route(this::logs));
    }

    private void logs(RoutingContext context) throws InterruptedException {
        Log log = hosting.log(path.environment(context), path.service(context));
        int count = RequestQuery.number(context, "lines", 200, 0, 100_000);
        boolean follows = RequestQuery.flag(context, "follow", false);
        ResponseLines lines = new ResponseLines(context.response(), "text/plain; charset=utf-8");
        if (follows) {
            follow(context, log, count, lines);
        } else {
            log.tail(count).forEach(lines::write);
        }
        lines.end();
    }

    /** Until the client goes, or the service. */
    private void follow(RoutingContext context, Log log, int count, ResponseLines lines) throws InterruptedException {
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
                over = gone.await(1, TimeUnit.SECONDS) || context.response().closed() || !isCurrent(context, log);
            }
        } finally {
            following.close();
        }
    }

    private boolean isCurrent(RoutingContext context, Log log) {
        return path.isThere(context) && hosting.log(context.pathParam("env"), context.pathParam("name")) == log;
    }
}
