package dev.berth.core;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * One immutable build of a function.
 *
 * @param digest of the deployed files and the settings, in hex; equal digests mean nothing changed
 */
public record FunctionVersion(FunctionVersionId id, String digest, FunctionSettings settings, Instant createdAt) {
    public FunctionVersion {
        requireNonNull(id, "id is null");
        requireNonNull(digest, "digest is null");
        requireNonNull(settings, "settings is null");
        requireNonNull(createdAt, "createdAt is null");
    }
}
