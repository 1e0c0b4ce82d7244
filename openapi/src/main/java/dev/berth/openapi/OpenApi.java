package dev.berth.openapi;

import dev.berth.core.CloudbaseTokens;
import dev.berth.core.InwardDoor;
import dev.berth.core.SignIn;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** The only way out to WeChat: the pipeline, sign-in, and the relay by which instances ask. */
public final class OpenApi implements AutoCloseable {
    private final OpenApiOptions options;
    private final Pipeline pipeline;
    private final WeChatSignIn signIn;

    private OpenApi(OpenApiOptions options, Pipeline pipeline, WeChatSignIn signIn) {
        this.options = options;
        this.pipeline = pipeline;
        this.signIn = signIn;
    }

    /** Opens the inward door; fails with a {@code BindException} if its port is taken. */
    public static Future<OpenApi> start(Vertx vertx, OpenApiOptions options, Collaborators ports) {
        Pipeline pipeline = new Pipeline(
                vertx,
                options.pipeline(),
                new PipelinePorts(ports.directory(), ports.secrets(), ports.tokens(), ports.recorder(), ports.clock()));
        WeChatSignIn signIn = new WeChatSignIn(pipeline);
        return Future.succeededFuture(new OpenApi(options, pipeline, signIn));
    }

    /** For instances. */
    public InwardDoor inwardDoor() {
        return InwardDoor.NONE;
    }

    public SignIn signIn() {
        return signIn;
    }

    /** For others of Berth's rooms that ask WeChat. */
    public Pipeline pipeline() {
        return pipeline;
    }

    /** CH-49. */
    public CloudbaseTokens cloudbaseTokens() {
        return (environmentId, appId) -> "";
    }

    /** Of the inward door for who has a credential. */
    public int port() {
        return options.relay().port();
    }

    public RelayWay way() {
        return new RelayWay(false, "not yet", options.relay().folder());
    }

    /** Closes every door, and breaks off what is on its way. Blocks. Repeatable. */
    @Override
    public void close() {
        pipeline.close();
    }
}
