package dev.berth.server;

import dev.berth.core.Event;
import dev.berth.core.EventRecorder;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.util.Optional;

/** What was done through the management API, and by whom: the bearer of the token, who may give a name. */
record OperatorEvents(EventRecorder recorder, InstantSource clock) {
    /** Such as {@code alice@laptop}. Whoever has the token can claim any name. */
    static final String ACTOR_HEADER = "X-Berth-Actor";

    private static final int LONGEST_NAME = 64;

    /** Something that concerns the whole server. */
    void server(RoutingContext context, Event.Kind kind, String subject, String reason) {
        record(context, kind, Optional.empty(), Optional.empty(), subject, reason);
    }

    void environment(RoutingContext context, Event.Kind kind, String subject, String reason) {
        record(context, kind, Optional.of(context.pathParam("env")), Optional.empty(), subject, reason);
    }

    /** About the service in the path of the request. */
    void service(RoutingContext context, Event.Kind kind, String subject, String reason) {
        record(
                context,
                kind,
                Optional.of(context.pathParam("env")),
                Optional.of(context.pathParam("name")),
                subject,
                reason);
    }

    private void record(
            RoutingContext context,
            Event.Kind kind,
            Optional<String> environment,
            Optional<String> service,
            String subject,
            String reason) {
        recorder.record(new Event(clock.instant(), kind, actor(context), environment, service, subject, reason));
    }

    private static String actor(RoutingContext context) {
        String given = context.request().getHeader(ACTOR_HEADER);
        String name = given == null ? "" : given.strip();
        String bounded = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
        return Event.operator(bounded.replaceAll("[^\\x20-\\x7e]", "?"));
    }
}
