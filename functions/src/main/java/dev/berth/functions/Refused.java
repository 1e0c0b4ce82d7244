package dev.berth.functions;

import dev.berth.core.BerthException;
import dev.berth.core.Problem;

/** The refusals of this room. */
final class Refused {
    private Refused() {}

    static BerthException because(String code, String message, String hint) {
        return new BerthException(new Problem(code, "functions", message, hint));
    }

    static BerthException because(String code, String message, String hint, Throwable cause) {
        return new BerthException(new Problem(code, "functions", message, hint), cause);
    }
}
