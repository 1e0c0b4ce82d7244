package dev.berth.server;

import dev.berth.hosting.Hosting;

/** Of the configuration, what hosting goes by. */
final class HostingRules {
    private HostingRules() {}

    static Hosting.Rules of(ServerConfig config) {
        return new Hosting.Rules(
                config.runtime().readyWithin(),
                config.runtime().stopGrace(),
                config.logs().serviceSize().bytes());
    }
}
