package dev.berth.gateway;

import io.netty.handler.codec.PrematureChannelClosureException;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.util.Set;

/**
 * Whether a call whose connection broke is tried again, and where. An instance closes the connections that it keeps when
 * it likes, also while a request is on its way; RFC 9110, section 9.2.2, and RFC 9112, section 9.3.1, say what may be
 * repeated then. Nothing is repeated once a byte of an answer has arrived. State of one call.
 */
final class Retries {
    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final Set<HttpMethod> IDEMPOTENT = Set.of(HttpMethod.PUT, HttpMethod.DELETE);

    enum Next {
        GIVE_UP,
        /** Once more on a fresh connection to the same instance. */
        SAME_INSTANCE,
        /** On another lease: this instance cannot be reached, or breaks fresh connections. */
        OTHER_INSTANCE
    }

    private boolean triedAgain;
    private boolean triedElsewhere;

    static boolean mayRepeatBody(HttpMethod method) {
        return isSafe(method) || isIdempotent(method);
    }

    Next after(Throwable failure, Attempt attempt, HttpMethod method, RequestBody body) {
        if (!isConnectionFailure(failure) || attempt.answered() || !body.isInHand()) {
            return Next.GIVE_UP;
        }
        if (!attempt.opened()) {
            return elsewhere();
        }
        if (attempt.reused() && !triedAgain && (!attempt.written() || mayRepeatBody(method))) {
            triedAgain = true;
            return Next.SAME_INSTANCE;
        }
        // a fresh one speaks against the instance: a process that is being killed still accepts for a moment
        return !attempt.written() || isSafe(method) ? elsewhere() : Next.GIVE_UP;
    }

    private Next elsewhere() {
        boolean first = !triedElsewhere;
        triedElsewhere = true;
        return first ? Next.OTHER_INSTANCE : Next.GIVE_UP;
    }

    /** Whether nothing has been repeated yet. */
    boolean isFirstTry() {
        return !triedAgain && !triedElsewhere;
    }

    static boolean isConnectionFailure(Throwable failure) {
        return failure instanceof IOException
                || failure instanceof HttpClosedException
                || failure instanceof PrematureChannelClosureException;
    }

    private static boolean isSafe(HttpMethod method) {
        return SAFE.contains(method);
    }

    private static boolean isIdempotent(HttpMethod method) {
        return IDEMPOTENT.contains(method);
    }
}
