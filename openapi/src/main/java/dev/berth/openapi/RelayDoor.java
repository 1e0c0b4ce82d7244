package dev.berth.openapi;

import dev.berth.core.Asker.InstanceAsker;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What happens to a request from inside: where does it want to go? → to {@code /admin}, for anybody; else is it one? → who
 * asks? → to WeChat through the pipeline, to others unchanged. On the event loops of its connections.
 */
final class RelayDoor {
    private final Lane lane;
    private final Identification identification;
    private final Map<HttpConnection, Admitted> seen = new ConcurrentHashMap<>();

    /** What all doors of a relay use. */
    record Lane(
            Vertx vertx,
            RelayLimits limits,
            RelayAnswers answers,
            Pipeline pipeline,
            AdminDoor admin,
            RelayIdentity identity,
            RelayDenials denials,
            OtherHosts others,
            Tunnels tunnels) {}

    RelayDoor(Lane lane, Identification identification) {
        this.lane = lane;
        this.identification = identification;
    }

    void handle(HttpServerRequest request) {
        String host = host(request);
        switch (RelayTarget.of(request.method().name(), request.uri(), host)) {
            case RelayTarget.Admin admin -> lane.admin().answer(request, host, admin);
            case RelayTarget.Personal target -> identify(request, target);
        }
    }

    private static String host(HttpServerRequest request) {
        return request.headers().contains(HttpHeaders.HOST) ? request.getHeader(HttpHeaders.HOST) : "";
    }

    private void identify(HttpServerRequest request, RelayTarget.Personal target) {
        RequestFraming framing = RequestFraming.of(request);
        Optional<RelayRefusal> unreadable = framing.refusal(request);
        if (unreadable.isPresent()) {
            refuse(request, unreadable.get());
            return;
        }
        Optional<Admitted> instance = identification.of(request);
        if (instance.isEmpty()) {
            refuse(request, RelayRefusal.unidentified());
            return;
        }
        tie(request.connection(), instance.get());
        pass(request, instance.get(), target, framing.length());
    }

    private void pass(HttpServerRequest request, Admitted instance, RelayTarget.Personal target, long length) {
        switch (target) {
            case RelayTarget.WeChat weChat ->
                instance.asker()
                        .ifPresentOrElse(
                                asker -> askWeChat(request, asker, weChat, length),
                                () -> lane.others().pass(request, weChat.itself(), length));
            case RelayTarget.OtherHost other -> lane.others().pass(request, other, length);
            case RelayTarget.Tunnel tunnel -> lane.tunnels().open(request, instance, tunnel.authority());
            case RelayTarget.Misdirected elsewhere -> refuse(request, RelayRefusal.misdirected(elsewhere.host()));
            case RelayTarget.Malformed malformed -> refuse(request, RelayRefusal.malformed(malformed.reason()));
        }
    }

    /** Netty could not read it: bad framing, bad characters, or a head that is too long. */
    void refuseUnreadable(HttpServerRequest request) {
        RelayRefusal refusal = unreadable(request.decoderResult().cause());
        switch (RelayTarget.of(request.method().name(), request.uri(), host(request))) {
            case RelayTarget.Admin admin -> lane.admin().refuse(request, refusal);
            case RelayTarget.Personal target -> refuse(request, refusal);
        }
    }

    private static RelayRefusal unreadable(Throwable cause) {
        return switch (cause) {
            case TooLongHttpLineException line ->
                new RelayRefusal(414, "URI_TOO_LONG", "the request line is too long", true);
            case TooLongHttpHeaderException head ->
                new RelayRefusal(431, "HEAD_TOO_LARGE", "the headers are too long", true);
            default -> RelayRefusal.malformed("this is no HTTP/1.1 request that can be read");
        };
    }

    private void askWeChat(HttpServerRequest request, InstanceAsker asker, RelayTarget.WeChat target, long length) {
        if (request.method().equals(HttpMethod.TRACE)) {
            refuse(request, RelayRefusal.trace());
            return;
        }
        RelayQuery query = RelayQuery.parse(target.query());
        WeChatCall call = new WeChatCall(lane.vertx(), lane.answers(), lane.limits(), request);
        switch (lane.identity().choose(asker.version().environmentId(), query)) {
            case RelayIdentity.App app -> call.ask(lane.pipeline(), asker, app.fromApp(), target, query.rest(), length);
            case RelayIdentity.Expired expired -> {
                lane.denials().tell(asker, request.method().name(), target.path(), expired.denial());
                call.denied(expired.denial());
            }
        }
    }

    private void refuse(HttpServerRequest request, RelayRefusal refusal) {
        request.pause();
        lane.answers().refuse(request, refusal);
    }

    /** A connection ends with the admission of the instance that used it. */
    private void tie(HttpConnection connection, Admitted instance) {
        if (seen.put(connection, instance) != instance) {
            Runnable untie = instance.tie(connection::close);
            RelayServer.whenClosed(connection, () -> {
                seen.remove(connection);
                untie.run();
            });
        }
    }
}
