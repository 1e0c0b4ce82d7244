package dev.berth.gateway;

import io.netty.channel.ChannelPipeline;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.HttpServerImpl;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.VertxWrapper;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.impl.NetServerImpl;
import io.vertx.core.net.impl.NetServerInternal;
import java.util.function.Consumer;

/**
 * Vert.x's HTTP server, with one thing more: its connections can be prepared before their first byte. Vert.x tells of an
 * HTTP/1.1 connection only after its own decoder has read the first head, once HTTP/2 without TLS is on; too late to be
 * strict about that head.
 */
final class DoorServer {
    private DoorServer() {}

    /** @param prepare given the pipeline of each connection as it is accepted, on its event loop */
    static HttpServer create(Vertx vertx, HttpServerOptions options, Consumer<ChannelPipeline> prepare) {
        return new HttpServerImpl(new Preparing((VertxInternal) vertx, prepare), options);
    }

    private static final class Preparing extends VertxWrapper {
        private final Consumer<ChannelPipeline> prepare;

        Preparing(VertxInternal vertx, Consumer<ChannelPipeline> prepare) {
            super(vertx);
            this.prepare = prepare;
        }

        @Override
        public NetServerInternal createNetServer(NetServerOptions options) {
            return new NetServerImpl(this, options.copy()) {
                @Override
                protected void initChannel(ChannelPipeline pipeline, boolean ssl) {
                    super.initChannel(pipeline, ssl);
                    prepare.accept(pipeline);
                }
            };
        }
    }
}
