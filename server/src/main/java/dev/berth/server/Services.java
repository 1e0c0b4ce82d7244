package dev.berth.server;

import dev.berth.core.Directory;

/** Looks services up. */
final class Services {
    private Services() {}

    static boolean isThere(Directory directory, String environment, String service) {
        return directory
                .environment(environment)
                .flatMap(entry -> entry.service(service))
                .isPresent();
    }
}
