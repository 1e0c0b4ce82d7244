package dev.berth.core;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * One immutable build of a service.
 *
 * @param digest of the deployed files, the launch and the settings, in hex; equal digests mean nothing changed
 */
public record Version(VersionId id, String digest, Launch launch, Settings settings, Instant createdAt) {
    public Version {
        requireNonNull(id, "id is null");
        requireNonNull(digest, "digest is null");
        requireNonNull(launch, "launch is null");
        requireNonNull(settings, "settings is null");
        requireNonNull(createdAt, "createdAt is null");
    }
}
