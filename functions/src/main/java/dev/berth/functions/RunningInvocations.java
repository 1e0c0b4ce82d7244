package dev.berth.functions;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Those that run now, each from its {@link #add} to its {@link #remove}. Thread-safe; does not block. */
final class RunningInvocations implements LiveInvocations {
    private final ConcurrentMap<String, LiveInvocation> byToken = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, LiveInvocation> bySecretId = new ConcurrentHashMap<>();

    void add(LiveInvocation invocation) {
        bySecretId.put(invocation.secretId(), invocation);
        if (!invocation.token().isEmpty()) {
            byToken.put(invocation.token(), invocation);
        }
    }

    void remove(LiveInvocation invocation) {
        bySecretId.remove(invocation.secretId());
        byToken.remove(invocation.token());
    }

    @Override
    public Optional<LiveInvocation> byToken(String token) {
        return Optional.ofNullable(byToken.get(token));
    }

    @Override
    public Optional<LiveInvocation> bySecretId(String secretId) {
        return Optional.ofNullable(bySecretId.get(secretId));
    }
}
