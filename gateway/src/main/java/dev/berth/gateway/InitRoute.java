package dev.berth.gateway;

import dev.berth.core.Caller;
import dev.berth.core.Directory.EnvironmentEntry;
import dev.berth.core.Refusal;
import dev.berth.core.SystemError;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/** CH-143: tells a client that is about to use an environment whether it may. Lives on one event loop. */
final class InitRoute implements Admission.Receiver {
    private final Lane lane;
    private final HttpServerRequest request;
    private final InboundHead head;
    private final Answers answers;

    InitRoute(Lane lane, HttpServerRequest request, InboundHead head) {
        this.lane = lane;
        this.request = request;
        this.head = head;
        CallTimes times = new CallTimes(lane.clock());
        this.answers =
                new Answers(request, head, lane.options(), times, CallIds.callId(head.callId(), times.startMillis()));
    }

    void run() {
        request.pause();
        Optional<String> framing = head.framing().fault();
        if (framing.isPresent()) {
            answers.endConnection();
            refused(Refusal.system(SystemError.MALFORMED, "client", framing.get())); // CH-79
        } else {
            new Admission(lane, request, head, this).ask();
        }
    }

    @Override
    public void admitted(Caller caller, EnvironmentEntry environment) {
        if (!request.response().closed()) {
            answers.give(Buffer.buffer("{\"errcode\":0,\"errmsg\":\"ok\"}"));
        }
        LeftoverBody.drain(lane.vertx(), request);
    }

    @Override
    public void refused(Refusal refusal) {
        if (!request.response().closed()) {
            int status = answers.refuse(refusal);
            lane.tellRefused(
                    request, status, "INIT_" + Answers.outcome(refusal), refusal.component(), refusal.reason());
        }
        LeftoverBody.drain(lane.vertx(), request);
    }
}
