package dev.berth.core;

import java.util.Optional;

/** Port: the secrets of apps, decrypted. May block; only {@code openapi} asks. */
@FunctionalInterface
public interface AppSecrets {
    Optional<String> secretOf(String appId);
}
