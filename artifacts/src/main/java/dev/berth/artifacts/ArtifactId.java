package dev.berth.artifacts;

import static java.util.Objects.requireNonNull;

/**
 * Whose files: those of a version of something in an environment. Each part is the name of a folder; that it is a good
 * one is for the caller to check.
 *
 * @param name of the service or function
 * @param version such as {@code demo-001}
 */
public record ArtifactId(String environmentId, String name, String version) {
    public ArtifactId {
        requireNonNull(environmentId, "environmentId is null");
        requireNonNull(name, "name is null");
        requireNonNull(version, "version is null");
    }
}
