package dev.berth.core;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/** WeChat's {@code access_token} of one app. Its value is a secret, and not in {@link #toString}. */
public record AccessToken(String value, Instant issuedAt, Instant expiresAt) {
    public AccessToken {
        requireNonNull(value, "value is null");
        requireNonNull(issuedAt, "issuedAt is null");
        requireNonNull(expiresAt, "expiresAt is null");
    }

    @Override
    public String toString() {
        return "AccessToken[issuedAt=%s, expiresAt=%s]".formatted(issuedAt, expiresAt);
    }
}
