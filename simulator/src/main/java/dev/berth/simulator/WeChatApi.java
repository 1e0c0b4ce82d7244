package dev.berth.simulator;

import io.vertx.core.MultiMap;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

/** WeChat's open API, at WeChat's paths: reads the request, has it answered on the lane, writes the answer. */
final class WeChatApi {
    private static final Logger LOG = System.getLogger("dev.berth.simulator");

    private final World world;
    private final OpenApi openApi;

    WeChatApi(World world) {
        this.world = world;
        this.openApi = new OpenApi(new PublicApis(world.options()), world.chance());
    }

    /** To be mounted last: it answers every path that is left. */
    void mount(Router router) {
        router.route().handler(this::receive).failureHandler(this::failed);
    }

    private record Answered(Reply reply, String rid) {}

    private void receive(RoutingContext call) {
        Map<String, String> query = firstValues(call.queryParams());
        BodyReader.read(call.request())
                .compose(read -> world.database().inTransaction(handle -> {
                    Instant now = world.clock().instant();
                    String rid = Rid.fresh(now, world.chance());
                    Incoming incoming = new Incoming(
                            call.request().method().name(), call.request().path(), query, read.body(), read.media());
                    return new Answered(openApi.answer(handle, incoming, now), rid);
                }))
                .onSuccess(answered -> send(call, answered.reply(), answered.rid()))
                .onFailure(call::fail);
    }

    private static Map<String, String> firstValues(MultiMap query) {
        return query.entries().stream()
                .collect(
                        Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue, (first, second) -> first));
    }

    private static void send(RoutingContext call, Reply reply, String rid) {
        WeChatAnswer.at(call.request().path()).send(call.response(), reply, rid);
    }

    private void failed(RoutingContext call) {
        String rid = Rid.fresh(world.clock().instant(), world.chance());
        if (call.failure() instanceof BodyReader.Unreadable unreadable) {
            send(call, Reply.denied(unreadable.error()), rid);
            return;
        }
        if (call.statusCode() >= 400 && call.statusCode() < 500) {
            send(call, Reply.denied(WeChatError.INVALID_ARGS), rid);
            return;
        }
        LOG.log(Level.ERROR, "The simulator failed at " + call.request().path(), call.failure());
        send(call, Reply.denied(WeChatError.SYSTEM_ERROR), rid);
    }
}
