package dev.berth.openapi;

import dev.berth.core.AdminActions;
import dev.berth.core.CloudIdOpener;
import dev.berth.core.CloudbaseTokens;
import dev.berth.core.InwardDoor;
import dev.berth.core.OpenData;
import dev.berth.core.SignIn;
import dev.berth.core.WeChat;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.atomic.AtomicBoolean;

/** The only way out to WeChat: the pipeline, sign-in, and the inward door by which instances and functions ask. Thread-safe. */
public final class OpenApi implements AutoCloseable {
    private final Pipeline pipeline;
    private final WeChatSignIn signIn;
    private final WeChat weChat;
    private final OpenData openData;
    private final CloudIdOpener cloudIds;
    private final RelayRoom room;
    private final AtomicBoolean closed = new AtomicBoolean();

    private OpenApi(Pipeline pipeline, OpenData openData, CloudIdOpener cloudIds, RelayRoom room) {
        this.pipeline = pipeline;
        this.signIn = new WeChatSignIn(pipeline);
        this.weChat = new PipelineWeChat(pipeline);
        this.openData = openData;
        this.cloudIds = cloudIds;
        this.room = room;
    }

    /**
     * Opens the inward door. Fails with a {@code BindException} if its port is taken, with a {@code BerthException} {@code
     * RELAY_UNUSABLE} if its folder cannot be used; nothing is left open then.
     */
    public static Future<OpenApi> start(Vertx vertx, OpenApiOptions options, Collaborators ports) {
        return start(vertx, options, ports, OwnDoors.Ports.USUAL);
    }

    static Future<OpenApi> start(Vertx vertx, OpenApiOptions options, Collaborators ports, OwnDoors.Ports namePorts) {
        CloudIds cloudIds = new CloudIds(ports.signingKey());
        CloudIdOpener opener = new SealedCloudIdOpener(cloudIds, ports.clock());
        Pipeline pipeline = new Pipeline(
                vertx,
                options.pipeline(),
                new PipelinePorts(ports.directory(), ports.secrets(), ports.tokens(), ports.recorder(), ports.clock())
                        .withDenials(ports.denials())
                        .withLocal(new OpenDataAnswer(opener)));
        OpenData openData = new WeChatOpenData(cloudIds, ports.clock());
        return RelayRoom.open(vertx, options.relay(), namePorts, pipeline, ports)
                .map(room -> new OpenApi(pipeline, openData, opener, room))
                .onFailure(failure -> Thread.ofVirtual().start(pipeline::close));
    }

    /**
     * From now on the inward door answers what {@code wx-server-sdk} asks, for anybody: who asks is proven in there (AD-18).
     * Before, as {@link AdminActions#NONE} does.
     */
    public void serve(AdminActions actions) {
        room.serve(actions);
    }

    /** For instances, and hosts of functions. */
    public InwardDoor inwardDoor() {
        return room.relay();
    }

    public SignIn signIn() {
        return signIn;
    }

    /** OA-31. */
    public OpenData openData() {
        return openData;
    }

    /** AD-76. */
    public CloudIdOpener cloudIds() {
        return cloudIds;
    }

    /** For functions (AD-36). Answers of up to 20 MiB; told on an event loop, so that what follows directly must not block. */
    public WeChat weChat() {
        return weChat;
    }

    /** CH-49. */
    public CloudbaseTokens cloudbaseTokens() {
        return room.tokens();
    }

    /** Of the inward door for who has a credential. */
    public int port() {
        return room.port();
    }

    public RelayWay way() {
        return room.way();
    }

    /** Ends every admission, closes every door, and breaks off what is on its way. Blocks. Repeatable. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            room.close();
            pipeline.close();
        }
    }
}
