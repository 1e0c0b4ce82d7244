package dev.berth.server;

import dev.berth.core.BerthException;
import dev.berth.core.Problem;
import java.net.BindException;
import org.jspecify.annotations.Nullable;

/** Why a door could not be opened, for who started the server. */
final class TakenPort {
    private TakenPort() {}

    /** The failure itself unless another program has the port. */
    static Throwable explain(String door, int port, Throwable failure) {
        if (failure instanceof BerthException || !isTaken(failure)) {
            return failure;
        }
        return new BerthException(
                new Problem(
                        "PORT_TAKEN",
                        door,
                        "%s port: %d is in use by another program".formatted(door, port),
                        "Stop that program, or choose another port: %s=%d"
                                .formatted(ConfigVariables.nameOf(door + ".port"), another(port))),
                failure);
    }

    private static int another(int port) {
        return port + 100 <= 65_535 ? port + 100 : 0;
    }

    /** The native transport throws an I/O exception of its own, which only its text tells from others. */
    private static boolean isTaken(@Nullable Throwable failure) {
        return failure != null
                && (failure instanceof BindException
                        || String.valueOf(failure.getMessage()).contains("Address already in use")
                        || isTaken(failure.getCause()));
    }
}
