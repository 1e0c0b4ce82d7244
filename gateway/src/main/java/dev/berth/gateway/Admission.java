package dev.berth.gateway;

import dev.berth.core.Caller;
import dev.berth.core.Directory.EnvironmentEntry;
import dev.berth.core.Directory.FunctionEntry;
import dev.berth.core.Refusal;
import dev.berth.core.SystemError;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/**
 * The way of one request for a route of Berth's own into an environment: session → environment → grant (CH-138) → the
 * owner's word (CH-133). Lives on one event loop.
 */
final class Admission {
    /** Told one of the two, once, on the event loop of the request. */
    interface Receiver {
        void admitted(Caller caller, EnvironmentEntry environment);

        void refused(Refusal refusal);
    }

    private final Lane lane;
    private final Context context;
    private final HttpServerRequest request;
    private final InboundHead head;
    private final Receiver receiver;

    Admission(Lane lane, HttpServerRequest request, InboundHead head, Receiver receiver) {
        this.lane = lane;
        this.context = lane.vertx().getOrCreateContext();
        this.request = request;
        this.head = head;
        this.receiver = receiver;
    }

    void ask() {
        Optional<Caller> cached = lane.sessions().cached(head.session());
        if (cached.isPresent()) {
            enter(cached.get());
            return;
        }
        lane.sessions()
                .verify(head.session())
                .onComplete(verdict -> context.runOnContext(ignored -> {
                    if (verdict.failed()) {
                        receiver.refused(Refusal.system( // CH-86
                                SystemError.UNEXPECTED,
                                "gateway",
                                "sessions cannot be read: " + verdict.cause().getMessage()));
                        return;
                    }
                    switch (verdict.result()) {
                        case Sessions.Valid valid -> enter(valid.caller());
                        case Sessions.Unproven unproven -> receiver.refused(Entrance.unproven(unproven, head));
                    }
                }));
    }

    private void enter(Caller caller) {
        EnvironmentEntry entry = Entrance.environment(lane.directory().current(), head);
        if (entry == null) {
            receiver.refused(Entrance.unknown(head));
        } else if (!Entrance.isOpen(entry, head, caller)) {
            receiver.refused(Entrance.closed(head, caller));
        } else {
            askOwner(caller, entry);
        }
    }

    private void askOwner(Caller caller, EnvironmentEntry entry) {
        boolean shared = !entry.environment().appId().equals(caller.appId());
        FunctionEntry guard = shared ? Sharing.guardOf(entry) : null;
        if (guard == null) {
            receiver.admitted(caller, entry);
            return;
        }
        lane.sharing()
                .verdict(guard, head.session(), caller, lane.clientAddress(request, head))
                .thenAccept(verdict -> context.runOnContext(
                        ignored -> verdict.ifPresentOrElse(receiver::refused, () -> receiver.admitted(caller, entry))));
    }
}
