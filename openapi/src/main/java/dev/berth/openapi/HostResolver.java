package dev.berth.openapi;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Addresses of names as this machine knows them, by whatever it is set up to ask: an instance behind the relay must not
 * know fewer names than without it. To be used on event loops.
 */
final class HostResolver {
    private final Vertx vertx;

    HostResolver(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Completed on the event loop that asked; fails with an {@link UnknownHostException}. */
    Future<List<InetAddress>> resolve(String host) {
        Context context = vertx.getOrCreateContext();
        Promise<List<InetAddress>> resolved = Promise.promise();
        Thread.ofVirtual().name("resolve").start(() -> {
            try {
                List<InetAddress> addresses = List.of(InetAddress.getAllByName(host));
                context.runOnContext(back -> resolved.complete(addresses));
            } catch (UnknownHostException e) {
                context.runOnContext(back -> resolved.fail(e));
            }
        });
        return resolved.future();
    }
}
