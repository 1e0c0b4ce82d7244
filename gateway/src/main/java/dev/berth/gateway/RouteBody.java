package dev.berth.gateway;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;

/** The body of a request to one of Berth's own routes, read whole. */
final class RouteBody {
    private RouteBody() {}

    /**
     * Tells one of the two, once.
     *
     * @param longest in bytes
     * @param tooLong told as soon as there is more; the rest is read and thrown away afterwards
     */
    static void read(Lane lane, HttpServerRequest request, int longest, Consumer<Buffer> whole, Runnable tooLong) {
        Buffer body = Buffer.buffer();
        request.handler(part -> {
            body.appendBuffer(part);
            if (body.length() > longest) {
                tooLong.run();
                LeftoverBody.drain(lane.vertx(), request);
            }
        });
        request.endHandler(ended -> whole.accept(body));
    }
}
