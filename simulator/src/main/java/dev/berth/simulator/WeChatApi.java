package dev.berth.simulator;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * WeChat's open API, at WeChat's paths: reads the request, has it answered on the lane, notes it in the journal, writes
 * the answer.
 */
final class WeChatApi {
    private static final Logger LOG = System.getLogger("dev.berth.simulator");

    private final World world;
    private final OpenApi openApi;

    WeChatApi(World world) {
        this.world = world;
        this.openApi = new OpenApi(world);
    }

    private record Answered(Outcome outcome, String rid) {}

    /** To be mounted last: it answers every path that is left. */
    void mount(Router router) {
        router.route().handler(this::receive).failureHandler(this::unreadable);
    }

    private void receive(RoutingContext call) {
        Map<String, String> query = firstValues(call.queryParams());
        BodyReader.read(call.request())
                .compose(read -> answered(incoming(call, query, read)))
                .recover(failure -> Future.succeededFuture(
                        denied(incoming(call, query, BodyReader.Read.NOTHING), errorOf(call, failure))))
                .onSuccess(answered -> send(call, answered));
    }

    /** Mostly a query that cannot be decoded. */
    private void unreadable(RoutingContext call) {
        boolean clientsFault = call.statusCode() >= 400 && call.statusCode() < 500;
        WeChatError error = clientsFault ? WeChatError.INVALID_ARGS : errorOf(call, call.failure());
        send(call, denied(incoming(call, Map.of(), BodyReader.Read.NOTHING), error));
    }

    private Future<Answered> answered(Incoming incoming) {
        return world.database().inTransaction(handle -> {
            Instant now = world.clock().instant();
            String rid = Rid.fresh(now, world.chance());
            Outcome outcome = openApi.answer(handle, incoming, now);
            world.journal().add(JournalDraft.of(incoming, outcome, rid, now));
            return new Answered(outcome, rid);
        });
    }

    private Answered denied(Incoming incoming, WeChatError error) {
        Instant now = world.clock().instant();
        String rid = Rid.fresh(now, world.chance());
        Outcome outcome = Outcome.denied(error);
        world.journal().add(JournalDraft.of(incoming, outcome, rid, now));
        return new Answered(outcome, rid);
    }

    private static WeChatError errorOf(RoutingContext call, Throwable failure) {
        if (failure instanceof BodyReader.Unreadable unreadable) {
            return unreadable.error();
        }
        LOG.log(Level.ERROR, "The simulator failed at " + call.request().path(), failure);
        return WeChatError.SYSTEM_ERROR;
    }

    private static void send(RoutingContext call, Answered answered) {
        HttpServerRequest request = call.request();
        Outcome outcome = answered.outcome();
        Delivery delivery = new Delivery(request, WeChatAnswer.at(request.path(), outcome.reply(), answered.rid()));
        outcome.fault()
                .ifPresentOrElse(
                        struck ->
                                Delivery.after(call.vertx(), struck.delay(), () -> delivery.struckBy(struck.effect())),
                        delivery::plain);
    }

    private static Incoming incoming(RoutingContext call, Map<String, String> query, BodyReader.Read read) {
        HttpServerRequest request = call.request();
        return new Incoming(request.method().name(), request.path(), query, read.body(), read.media());
    }

    private static Map<String, String> firstValues(MultiMap query) {
        return query.entries().stream()
                .collect(
                        Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue, (first, second) -> first));
    }
}
