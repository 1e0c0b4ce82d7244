package dev.berth.functions;

import java.util.Optional;

/** The invocations that run now. One that has ended is in it no more. Thread-safe; does not block. */
interface LiveInvocations {
    /** @param token of whom; nobody has the empty one */
    Optional<LiveInvocation> byToken(String token);

    Optional<LiveInvocation> bySecretId(String secretId);
}
