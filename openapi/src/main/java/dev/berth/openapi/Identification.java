package dev.berth.openapi;

import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/** How a door knows which instance asks. Nothing that a request claims is believed (OA-9). */
@FunctionalInterface
interface Identification {
    Optional<Admitted> of(HttpServerRequest request);

    /** The door is the instance's own. On one machine others could use it too, but nobody has reason to know it. */
    static Identification always(Admitted instance) {
        return request -> instance.isOpen() ? Optional.of(instance) : Optional.empty();
    }
}
