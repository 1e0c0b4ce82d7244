package dev.berth.openapi;

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
 * What happens to a request of an instance: is it one? → who asks? → where does it want to go? → to WeChat through the
 * pipeline, to others unchanged. On the event loops of its connections.
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
            RelayIdentity identity,
            RelayDenials denials,
            OtherHosts others,
            Tunnels tunnels) {}

    RelayDoor(Lane lane, Identification identification) {
        this.lane = lane;
        this.identification = identification;
    }

    void handle(HttpServerRequest request) {
        RequestFraming framing = RequestFraming.of(request);
        if (framing.fault().isPresent()) {
            refuse(request, RelayRefusal.malformed(framing.fault().get()));
            return;
        }
        String expectation = request.getHeader(HttpHeaders.EXPECT);
        if (expectation != null && !expectation.equalsIgnoreCase("100-continue")) {
            refuse(request, RelayRefusal.unknownExpectation());
            return;
        }
        Optional<Admitted> instance = identification.of(request);
        if (instance.isEmpty()) {
            refuse(request, RelayRefusal.unidentified());
            return;
        }
        tie(request.connection(), instance.get());
        String host = request.headers().contains(HttpHeaders.HOST) ? request.getHeader(HttpHeaders.HOST) : "";
        switch (RelayTarget.of(request.method().name(), request.uri(), host)) {
            case RelayTarget.WeChat weChat -> askWeChat(request, instance.get(), weChat, framing.length());
            case RelayTarget.OtherHost other -> lane.others().pass(request, other, framing.length());
            case RelayTarget.Tunnel tunnel -> lane.tunnels().open(request, instance.get(), tunnel.authority());
            case RelayTarget.Misdirected elsewhere -> refuse(request, RelayRefusal.misdirected(elsewhere.host()));
            case RelayTarget.Malformed malformed -> refuse(request, RelayRefusal.malformed(malformed.reason()));
        }
    }

    /** Netty could not read it: bad framing, bad characters, or a head that is too long. */
    void refuseUnreadable(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        refuse(
                request,
                switch (cause) {
                    case TooLongHttpLineException line ->
                        new RelayRefusal(414, "URI_TOO_LONG", "the request line is too long", true);
                    case TooLongHttpHeaderException head ->
                        new RelayRefusal(431, "HEAD_TOO_LARGE", "the headers are too long", true);
                    default -> RelayRefusal.malformed("this is no HTTP/1.1 request that can be read");
                });
    }

    private void askWeChat(HttpServerRequest request, Admitted instance, RelayTarget.WeChat target, long length) {
        if (request.method().equals(HttpMethod.TRACE)) {
            refuse(request, RelayRefusal.trace());
            return;
        }
        RelayQuery query = RelayQuery.parse(target.query());
        WeChatCall call = new WeChatCall(lane.vertx(), lane.answers(), lane.limits(), request);
        switch (lane.identity().choose(instance.asker().version().environmentId(), query)) {
            case RelayIdentity.App app ->
                call.ask(lane.pipeline(), instance, app.fromApp(), target, query.rest(), length);
            case RelayIdentity.Expired expired -> {
                lane.denials().tell(instance.asker(), request.method().name(), target.path(), expired.denial());
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
