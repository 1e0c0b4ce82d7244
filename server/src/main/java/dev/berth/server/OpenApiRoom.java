package dev.berth.server;

import dev.berth.core.InstanceRuntime;
import dev.berth.openapi.Collaborators;
import dev.berth.openapi.OpenApi;
import dev.berth.openapi.OpenApiOptions;
import dev.berth.openapi.PipelineOptions;
import dev.berth.openapi.RelayLimits;
import dev.berth.openapi.RelayOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** The way out to WeChat, as this server's configuration wants it. */
final class OpenApiRoom {
    private static final URI WECHAT = URI.create("https://api.weixin.qq.com");

    private OpenApiRoom() {}

    /**
     * Fails with {@code PORT_TAKEN} where another program has the port of the inward door.
     *
     * @param simulator where it is, if WeChat is simulated
     */
    static Future<OpenApi> start(
            Vertx vertx,
            ServerConfig config,
            Optional<URI> simulator,
            InstanceRuntime.PrivateFiles privateFiles,
            Path folder,
            Collaborators collaborators) {
        return OpenApi.start(
                        vertx,
                        new OpenApiOptions(
                                pipeline(config, weChat(config.wechat(), simulator)),
                                relay(config.inward(), privateFiles, folder)),
                        collaborators)
                .recover(failure -> Future.failedFuture(
                        TakenPort.explain("inward", config.inward().port(), failure)));
    }

    private static URI weChat(ServerConfig.WeChat config, Optional<URI> simulator) {
        return config.baseUrl().isEmpty() ? simulator.orElse(WECHAT) : URI.create(config.baseUrl());
    }

    private static PipelineOptions pipeline(ServerConfig config, URI weChat) {
        PipelineOptions usual = PipelineOptions.of(weChat);
        return usual.withDeny(config.compat().openapiDeny().form())
                .withLimits(
                        config.wechat().connections(),
                        usual.queue(),
                        config.wechat().answerWithin());
    }

    private static RelayOptions relay(
            ServerConfig.Inward config, InstanceRuntime.PrivateFiles privateFiles, Path folder) {
        return new RelayOptions(
                Bindings.address("inward", config.host()),
                config.port(),
                config.ownAddresses(),
                privateFiles,
                config.trustCa(),
                RelayLimits.DEFAULT,
                folder);
    }
}
