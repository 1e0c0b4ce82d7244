package dev.berth.gateway;

import dev.berth.core.Activator;
import dev.berth.core.GatewayError;
import dev.berth.core.Limits;
import dev.berth.core.Refusal;
import dev.berth.core.SystemError;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;

/** One call between the caller and a leased instance; ends the lease exactly once. Lives on one event loop. */
final class Exchange implements Attempt.Receiver {
    /** RFC 9113, section 7. */
    private static final long INTERNAL_ERROR = 2;

    interface Finished {
        void finish(int status, Optional<Refusal> refusal);

        /** The lease has been ended; nothing has been told to the caller. */
        void leaseAnother();
    }

    private final Lane lane;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final InboundHead head;
    private final RequestBody body;
    private final Retries retries;
    private final Activator.Lease lease;
    private final CallTimes times;
    private final Answers answers;
    private final Finished finished;
    private Attempt attempt;
    private boolean answered;
    private boolean over;

    Exchange(
            Lane lane,
            HttpServerRequest request,
            InboundHead head,
            RequestBody body,
            Retries retries,
            Activator.Lease lease,
            CallTimes times,
            Answers answers,
            Finished finished) {
        this.lane = lane;
        this.request = request;
        this.response = request.response();
        this.head = head;
        this.body = body;
        this.retries = retries;
        this.lease = lease;
        this.times = times;
        this.answers = answers;
        this.finished = finished;
        this.attempt = new Attempt(request, head, body, this);
    }

    void start() {
        InstanceClients clients = lane.instances();
        attempt.start(retries.isFirstTry() ? clients.pooled() : clients.fresh(), lease.endpoint());
    }

    /** Before the head of an answer. */
    @Override
    public void failed(Throwable failure) {
        if (over) {
            return;
        }
        switch (retries.after(failure, attempt, request.method(), body)) {
            case GIVE_UP -> refuseBroken(failure);
            case SAME_INSTANCE -> {
                body.hold();
                attempt.drop();
                attempt = new Attempt(request, head, body, this);
                start();
            }
            case OTHER_INSTANCE -> {
                over = true;
                body.hold();
                attempt.drop();
                lease.endBroken();
                finished.leaseAnother();
            }
        }
    }

    @Override
    public void answered(HttpClientResponse inbound) {
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
        if (lane.draining().get() && !Http2Request.is(request)) {
            response.putHeader("connection", "close");
        }
        ResponseBody answer = new ResponseBody(inbound, response, bodiless ? -1 : length.orElse(-1L));
        answer.pump(last -> complete(inbound, last), this::breakOff, () -> stop(tooLarge("the body")));
        lane.vertx().runOnContext(ignored -> sendHead()); // after the body's first part, if that came along
    }

    /** CH-114: a service that thinks about its body has its head passed on nevertheless. */
    private void sendHead() {
        MultiMap headers = response.headers();
        boolean framed =
                Http2Request.is(request) || headers.contains("content-length") || headers.contains("transfer-encoding");
        if (!over && !response.headWritten() && framed) {
            response.writeHead();
        }
    }

    private static Refusal tooLarge(String what) {
        return Refusal.system(
                SystemError.RESPONSE_TOO_LARGE, "service", what + " (expected: <= " + Limits.RESPONSE + " bytes)");
    }

    private void complete(HttpClientResponse inbound, Buffer last) {
        if (over) {
            return;
        }
        answered = true;
        ResponseHead.writeTrailers(inbound, response, request);
        attempt.end();
        lease.end();
        Future<Void> sent = response.end(last);
        LeftoverBody.drain(lane.vertx(), request);
        if (Http2Request.is(request) && !sent.isComplete()) {
            sent.onSuccess(read -> finishAnswered()); // the caller's window may never open: the deadline goes on
        } else {
            finishAnswered();
        }
    }

    private void finishAnswered() {
        if (!over) {
            over = true;
            finished.finish(response.getStatusCode(), Optional.empty());
        }
    }

    /** Ends the call for a reason other than the service's complete answer. */
    @Override
    public void stop(Refusal refusal) {
        if (over) {
            return;
        }
        over = true;
        if (!answered) {
            attempt.drop();
            lease.end();
        }
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
                Retries.isConnectionFailure(failure)
                        ? Refusal.gateway(
                                GatewayError.REQUEST_SERVICE_FAILED, "service", "broke the connection") // CH-103
                        : Refusal.gateway(GatewayError.BAD_GATEWAY, "service", "did not answer in HTTP")); // CH-104
    }

    private void giveUp(Refusal refusal) {
        if (over) {
            return;
        }
        over = true;
        attempt.drop();
        lease.endBroken();
        tell(refusal);
    }

    private void tell(Refusal refusal) {
        if (response.headWritten() || response.closed()) {
            // CH-114: only a reset can tell the client that the answer is not whole.
            if (ResponseHead.endsWithConnection(response, request)) {
                ServerPipeline.resetWhenClosed(request.connection());
            }
            response.reset(INTERNAL_ERROR);
            finished.finish(response.getStatusCode(), Optional.of(refusal));
            return;
        }
        response.headers().clear();
        int status = answers.refuse(refusal);
        LeftoverBody.drain(lane.vertx(), request);
        finished.finish(status, Optional.of(refusal));
    }
}
