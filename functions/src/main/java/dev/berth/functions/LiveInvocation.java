package dev.berth.functions;

import static java.util.Objects.requireNonNull;

import dev.berth.core.FunctionVersionId;
import dev.berth.core.Origin;
import java.util.function.Consumer;

/**
 * An invocation that runs now, with the credentials by which what it asks is recognised (AD-18). They are secrets, and not
 * in {@link #toString}.
 *
 * @param requestId of the invocation
 * @param version that runs
 * @param token {@code WX_API_TOKEN}, or of a timer {@code WX_TRIGGER_API_TOKEN_V0}; unguessable and of this invocation only;
 *     empty for one whose origin is without
 * @param secretId {@code TENCENTCLOUD_SECRETID}, of this invocation only: letters and digits
 * @param secretKey {@code TENCENTCLOUD_SECRETKEY}
 * @param log takes a line that Berth writes into the invocation's log; may be called on any thread, must not block
 */
record LiveInvocation(
        String requestId,
        FunctionVersionId version,
        Origin origin,
        String token,
        String secretId,
        String secretKey,
        Consumer<String> log) {
    LiveInvocation {
        requireNonNull(requestId, "requestId is null");
        requireNonNull(version, "version is null");
        requireNonNull(origin, "origin is null");
        requireNonNull(token, "token is null");
        requireNonNull(secretId, "secretId is null");
        requireNonNull(secretKey, "secretKey is null");
        requireNonNull(log, "log is null");
        if (secretId.isEmpty() || secretKey.isEmpty()) {
            throw new IllegalArgumentException("a live invocation needs secretId and secretKey (AD-30)");
        }
    }

    @Override
    public String toString() {
        return "LiveInvocation[%s of %s]".formatted(requestId, version);
    }
}
