package dev.berth.hosting;

import dev.berth.core.Version;

/**
 * What a deployment came to.
 *
 * @param version that receives all traffic now
 * @param changed whether it is a new one; otherwise nothing was different
 */
public record Deployed(Version version, boolean changed) {}
