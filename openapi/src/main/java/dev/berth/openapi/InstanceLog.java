package dev.berth.openapi;

import dev.berth.core.Asker.InstanceAsker;

/** Where the service of an instance reads what Berth has to say about its calls toward WeChat. Does not block; thread-safe. */
@FunctionalInterface
public interface InstanceLog {
    InstanceLog NONE = (asker, line) -> {};

    /** @param line printable ASCII; holds no secret */
    void tell(InstanceAsker asker, String line);
}
