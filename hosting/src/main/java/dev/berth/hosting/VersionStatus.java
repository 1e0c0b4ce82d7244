package dev.berth.hosting;

import dev.berth.core.Version;

/**
 * How a version stands, for the management side.
 *
 * @param weight its share of the traffic, in per cent
 * @param instances also those that only finish the calls they have
 */
public record VersionStatus(Version version, int weight, int instances) {}
