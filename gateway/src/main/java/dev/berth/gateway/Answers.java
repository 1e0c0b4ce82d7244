package dev.berth.gateway;

import dev.berth.core.GatewayError;
import dev.berth.core.Refusal;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/** The answers that the gateway itself gives to one request, and the headers that it adds to every answer. */
final class Answers {
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final InboundHead head;
    private final GatewayOptions options;
    private final CallTimes times;
    private final String callId;
    private final String requestId = CallIds.requestId();

    Answers(HttpServerRequest request, InboundHead head, GatewayOptions options, CallTimes times, String callId) {
        this.request = request;
        this.response = request.response();
        this.head = head;
        this.options = options;
        this.times = times;
        this.callId = callId;
    }

    /** @return the HTTP status sent */
    int refuse(Refusal refusal) {
        switch (refusal) {
            case Refusal.SystemRefusal system ->
                systemError(system.error().code(), system.error().message(), system);
            case Refusal.FunctionRefusal function ->
                systemError(function.error().code(), function.error().text(), function);
            case Refusal.GatewayRefusal gateway -> gatewayAnswer(gateway.error().status(), gateway);
        }
        return response.getStatusCode();
    }

    /** CH-70. */
    private void systemError(int code, String message, Refusal refusal) {
        MultiMap headers = response.headers();
        headers.set("x-wx-system-error", Integer.toString(code));
        headers.set("content-type", "application/json; charset=UTF-8");
        headers.set("cache-control", "no-cache, must-revalidate");
        headers.set("LogicRet", Integer.toString(code));
        headers.set("x-berth-reason", reason(refusal)); // CH-88
        writeCallHeaders(headers);
        BrowserAccess.expose(options.origins(), head.origin(), headers);
        JsonObject base = new JsonObject().put("ret", code).put("errmsg", message);
        send(200, new JsonObject().put("base_resp", base));
    }

    /** What Berth itself has to say, as JSON. */
    void give(Buffer json) {
        MultiMap headers = response.headers();
        headers.set("content-type", "application/json; charset=utf-8");
        headers.set("cache-control", "no-store");
        writeCallHeaders(headers);
        BrowserAccess.expose(options.origins(), head.origin(), headers);
        response.end(json);
    }

    /** Of a record: the code of a system error, the name of a gateway answer. */
    static String outcome(Refusal refusal) {
        return switch (refusal) {
            case Refusal.SystemRefusal system -> Integer.toString(system.error().code());
            case Refusal.FunctionRefusal function ->
                Integer.toString(function.error().code());
            case Refusal.GatewayRefusal gateway -> gateway.error().name();
        };
    }

    /**
     * RFC 9110, section 15.5.18, in the form of CH-96.
     *
     * @return the HTTP status sent
     */
    int refuseExpectation(String expectation) {
        String message = "Expect: " + expectation + " (expected: 100-continue)";
        gatewayAnswer(417, new Refusal.GatewayRefusal(GatewayError.BAD_REQUEST, "gateway", message));
        return response.getStatusCode();
    }

    /** CH-96. */
    private void gatewayAnswer(int status, Refusal.GatewayRefusal refusal) {
        MultiMap headers = response.headers();
        headers.set("content-type", "application/json");
        headers.set("x-berth-reason", reason(refusal));
        writeCallHeaders(headers);
        BrowserAccess.expose(options.origins(), head.origin(), headers);
        JsonObject body = new JsonObject()
                .put("requestId", requestId)
                .put("code", refusal.error().name())
                .put("message", refusal.error().message());
        send(status, body);
    }

    /** The status line may bear what a service said before it was given up. */
    private void send(int status, JsonObject body) {
        response.setStatusCode(status)
                .setStatusMessage(HttpResponseStatus.valueOf(status).reasonPhrase())
                .end(body.toBuffer());
        ServerPipeline.flush(request.connection());
    }

    /** After the answer to come, nothing more is read from this caller's connection; HTTP/2 tells its streams apart. */
    void endConnection() {
        if (Http2Request.is(request)) {
            return;
        }
        response.putHeader("connection", "close");
        request.connection().shutdown();
    }

    /** CH-65 to CH-67, and where the time went. */
    void writeCallHeaders(MultiMap headers) {
        headers.add(HeaderNames.ANSWERED_CALL_ID, callId);
        headers.add(HeaderNames.ANSWERED_SERVER_TIMING, times.serverTiming());
        headers.add(HeaderNames.REQUEST_ID, requestId);
        headers.add(HeaderNames.BREAKDOWN, times.breakdown());
    }

    private static String reason(Refusal refusal) {
        String text = refusal.component() + "; " + refusal.reason();
        return text.codePoints()
                .map(c -> c < ' ' || c > '~' ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
