package dev.berth.gateway;

import dev.berth.core.GatewayError;
import dev.berth.core.Refusal;
import dev.berth.core.SystemError;
import io.vertx.core.http.HttpServerRequest;

/** Which channel a request came by (CH-138). */
final class FrontDoor {
    private static final String OWN = "/__berth__/";
    private static final String TUNNEL = "/__wx__/";

    private final Lane lane;
    private final BerthRoutes routes;

    FrontDoor(Lane lane) {
        this.lane = lane;
        this.routes = new BerthRoutes(lane);
    }

    void handle(HttpServerRequest request) {
        InboundHead head = Http2Request.is(request) ? Http2Request.read(request) : InboundHead.read(request);
        if (request.uri() == null) {
            refuseConnect(request, head);
        } else if (head.framing().fault().isPresent() && !head.isNative()) {
            refuseMalformed(request, head, head.framing().fault().get());
        } else if (!head.unknownExpectation().isEmpty()) {
            refuseExpectation(request, head);
        } else if (head.isPreflight()) {
            BrowserAccess.answerPreflight(lane.options().origins(), head, request);
        } else if (request.uri().startsWith(OWN)) {
            routes.handle(request, head);
        } else if (head.isNative() && !request.uri().startsWith(TUNNEL)) {
            new NativeCall(lane, request, head).run();
        } else {
            refusePublic(request, head);
        }
    }

    /** CONNECT in HTTP/2 has no path. */
    private void refuseConnect(HttpServerRequest request, InboundHead head) {
        String reason = "method: CONNECT (expected: one that has a path)";
        refuse(
                request,
                answers(request, head),
                head.isNative()
                        ? Refusal.system(SystemError.METHOD_NOT_ALLOWED, "gateway", reason) // CH-72
                        : Refusal.gateway(GatewayError.BAD_REQUEST, "gateway", reason));
        LeftoverBody.drain(lane.vertx(), request);
    }

    private void refuseExpectation(HttpServerRequest request, InboundHead head) {
        String expectation = head.unknownExpectation();
        int status = answers(request, head).refuseExpectation(expectation);
        lane.tellRefused(request, status, GatewayError.BAD_REQUEST.name(), "gateway", "Expect: " + expectation);
        LeftoverBody.drain(lane.vertx(), request);
    }

    /** Netty could not read a request: bad framing, bad characters, or a head that is too long. */
    void refuseUnreadable(HttpServerRequest request) {
        refuseMalformed(
                request,
                InboundHead.read(request),
                String.valueOf(request.decoderResult().cause().getMessage()));
    }

    private void refuseMalformed(HttpServerRequest request, InboundHead head, String reason) {
        Answers answers = answers(request, head);
        answers.endConnection();
        refuse(
                request,
                answers,
                head.isNative()
                        ? Refusal.system(SystemError.MALFORMED, "client", reason) // CH-79
                        : Refusal.gateway(GatewayError.BAD_REQUEST, "client", reason)); // CH-111
    }

    /** CH-99: there are no public domains yet, so no host name belongs to a service. */
    private void refusePublic(HttpServerRequest request, InboundHead head) {
        refuse(
                request,
                answers(request, head),
                Refusal.gateway(
                        GatewayError.INVALID_HOST,
                        "gateway",
                        "no service is public under this host; a native call carries X-WX-SERVICE and X-Berth-Session"));
        LeftoverBody.drain(lane.vertx(), request);
    }

    private void refuse(HttpServerRequest request, Answers answers, Refusal refusal) {
        int status = answers.refuse(refusal);
        String outcome = switch (refusal) {
            case Refusal.SystemRefusal system -> system.error().name();
            case Refusal.GatewayRefusal gateway -> gateway.error().name();
            case Refusal.FunctionRefusal function -> function.error().name();
        };
        lane.tellRefused(request, status, outcome, refusal.component(), refusal.reason());
    }

    private Answers answers(HttpServerRequest request, InboundHead head) {
        CallTimes times = new CallTimes(lane.clock());
        return new Answers(request, head, lane.options(), times, CallIds.callId(head.callId(), times.startMillis()));
    }
}
