package dev.berth.gateway;

import java.util.Optional;

/** What the gateway serves itself, asked on event loops: must answer from memory. */
@FunctionalInterface
public interface Pages {
    /** @param path below {@code /__berth__/}, that included */
    Optional<Page> at(String path);
}
