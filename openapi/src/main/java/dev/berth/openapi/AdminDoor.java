package dev.berth.openapi;

import static java.util.Objects.requireNonNull;

import dev.berth.core.AdminActions;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;

/**
 * What {@code wx-server-sdk} asks the platform for (AD-1). Anybody may: who asks is told by what a request holds, and proven
 * by who answers it (AD-18). On the event loops of its connections.
 */
final class AdminDoor {
    private static final long BYTES_AT_ONCE = 256L << 20;

    private final Vertx vertx;
    private final RelayLimits limits;
    private final RelayAnswers answers;
    private final Ration bodies;
    private volatile AdminActions actions = AdminActions.NONE;

    AdminDoor(Vertx vertx, RelayLimits limits, RelayAnswers answers) {
        this(vertx, limits, answers, new Ration(BYTES_AT_ONCE));
    }

    /** @param bodies bytes of all requests together whose answer is awaited */
    AdminDoor(Vertx vertx, RelayLimits limits, RelayAnswers answers, Ration bodies) {
        this.vertx = vertx;
        this.limits = limits;
        this.answers = answers;
        this.bodies = bodies;
    }

    /** From the next request on. */
    void serve(AdminActions next) {
        actions = requireNonNull(next, "actions is null");
    }

    void refuse(HttpServerRequest request, RelayRefusal refusal) {
        new AdminCall(vertx, answers, request, bodies).refuse(AdminRefusal.of(refusal));
    }

    void answer(HttpServerRequest request, String host, RelayTarget.Admin target) {
        new AdminCall(vertx, answers, request, bodies).answer(host, target.query(), limits.request(), actions);
    }
}
