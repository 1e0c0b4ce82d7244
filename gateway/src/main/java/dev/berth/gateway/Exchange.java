package dev.berth.gateway;

import dev.berth.core.Activator;
import dev.berth.core.GatewayError;
import dev.berth.core.Limits;
import dev.berth.core.Refusal;
import dev.berth.core.SystemError;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One call between the caller and a leased instance; ends the lease exactly once. Lives on one event loop. */
final class Exchange {
    interface Finished {
        void finish(int status, Optional<Refusal> refusal);
    }

    private final Lane lane;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final InboundHead head;
    private final Activator.Lease lease;
    private final CallTimes times;
    private final Answers answers;
    private final Finished finished;
    private @Nullable HttpClientRequest upstream;
    private boolean over;

    Exchange(
            Lane lane,
            HttpServerRequest request,
            InboundHead head,
            Activator.Lease lease,
            CallTimes times,
            Answers answers,
            Finished finished) {
        this.lane = lane;
        this.request = request;
        this.response = request.response();
        this.head = head;
        this.lease = lease;
        this.times = times;
        this.answers = answers;
        this.finished = finished;
    }

    void start() {
        RequestOptions options = new RequestOptions()
                .setMethod(request.method())
                .setHost(lease.endpoint().host())
                .setPort(lease.endpoint().port())
                .setURI(request.uri());
        lane.client().request(options).onComplete(connected -> {
            if (connected.failed()) {
                refuseBroken(connected.cause());
            } else if (over) {
                connected.result().reset();
            } else {
                send(connected.result());
            }
        });
    }

    private void send(HttpClientRequest outbound) {
        upstream = outbound;
        MultiMap headers = outbound.headers();
        headers.addAll(head.forwarded());
        if (!head.host().isEmpty()) {
            headers.set("host", head.host());
        }
        outbound.exceptionHandler(failure -> {}); // told by the response's future as well
        outbound.response().onComplete(answered -> {
            if (answered.succeeded()) {
                receive(answered.result());
            } else {
                refuseBroken(answered.cause());
            }
        });
        if (head.expectsContinue()) {
            response.writeContinue();
        }
        RequestBody.forward(request, head, outbound, this::stop);
    }

    private void receive(HttpClientResponse inbound) {
        if (over) {
            return;
        }
        if (inbound.statusCode() < 200) {
            stop(Refusal.gateway(
                    GatewayError.BAD_GATEWAY,
                    "service",
                    "answered " + inbound.statusCode() + ", which nobody asked for"));
            return;
        }
        Optional<Long> length = ResponseHead.declaredLength(inbound);
        boolean bodiless = request.method().equals(HttpMethod.HEAD) || inbound.statusCode() == 304;
        if (!bodiless && length.isPresent() && length.get() > Limits.RESPONSE) {
            stop(tooLarge("Content-Length: " + length.get())); // CH-81
            return;
        }
        ResponseHead.write(inbound, response, request, head, lane.options(), times, answers);
        ResponseBody body = new ResponseBody(inbound, response, bodiless ? -1 : length.orElse(-1L));
        body.pump(this::complete, this::breakOff, () -> stop(tooLarge("the body")));
        lane.vertx().runOnContext(ignored -> sendHead()); // after the body's first part, if that came along
    }

    /** CH-114: a service that thinks about its body has its head passed on nevertheless. */
    private void sendHead() {
        MultiMap headers = response.headers();
        boolean framed = headers.contains("content-length") || headers.contains("transfer-encoding");
        if (!over && !response.headWritten() && framed) {
            response.writeHead();
        }
    }

    private static Refusal tooLarge(String what) {
        return Refusal.system(
                SystemError.RESPONSE_TOO_LARGE, "service", what + " (expected: <= " + Limits.RESPONSE + " bytes)");
    }

    private void complete(Buffer last) {
        if (over) {
            return;
        }
        over = true;
        if (!request.isEnded() && upstream != null) {
            upstream.connection().close(); // the rest of the body would be read as the next call
        }
        lease.end();
        response.end(last);
        LeftoverBody.drain(lane.vertx(), request);
        finished.finish(response.getStatusCode(), Optional.empty());
    }

    /** Ends the call for a reason other than the service's complete answer. */
    void stop(Refusal refusal) {
        if (over) {
            return;
        }
        over = true;
        resetUpstream();
        lease.end();
        tell(refusal);
    }

    private void breakOff(Throwable failure) {
        if (response.headWritten()) {
            giveUp(Refusal.gateway(
                    GatewayError.REQUEST_SERVICE_FAILED, "service", "broke off its answer: " + failure.getMessage()));
        } else {
            refuseBroken(failure);
        }
    }

    /** CH-87: told in the gateway's form, so that the client sees an ordinary HTTP answer. */
    private void refuseBroken(Throwable failure) {
        giveUp(
                isConnectionFailure(failure)
                        ? Refusal.gateway(
                                GatewayError.REQUEST_SERVICE_FAILED, "service", "broke the connection") // CH-103
                        : Refusal.gateway(GatewayError.BAD_GATEWAY, "service", "did not answer in HTTP")); // CH-104
    }

    private void giveUp(Refusal refusal) {
        if (over) {
            return;
        }
        over = true;
        resetUpstream();
        lease.endBroken();
        tell(refusal);
    }

    private void tell(Refusal refusal) {
        if (response.headWritten() || response.closed()) {
            // CH-114: only a reset can tell the client that the answer is not whole.
            if (ResponseHead.endsWithConnection(response, request)) {
                ServerPipeline.resetWhenClosed(request.connection());
            }
            response.reset();
            finished.finish(response.getStatusCode(), Optional.of(refusal));
            return;
        }
        response.headers().clear();
        int status = answers.refuse(refusal);
        LeftoverBody.drain(lane.vertx(), request);
        finished.finish(status, Optional.of(refusal));
    }

    private static boolean isConnectionFailure(Throwable failure) {
        return failure instanceof IOException
                || failure instanceof HttpClosedException
                || failure instanceof PrematureChannelClosureException;
    }

    private void resetUpstream() {
        if (upstream != null) {
            upstream.reset();
        }
    }
}
