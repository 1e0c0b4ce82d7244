package dev.berth.hosting;

import dev.berth.core.Version;

/**
 * What a deployment came to.
 *
 * @param version that has what was sent
 * @param changed whether it is a new one; otherwise a version with traffic had the same already
 */
public record Deployed(Version version, boolean changed) {}
