package dev.berth.artifacts;

import dev.berth.core.BerthException;
import dev.berth.core.Problem;

/** The refusals of this room. */
final class Refused {
    private Refused() {}

    static Problem problem(String code, String message, String hint) {
        return new Problem(code, "artifacts", message, hint);
    }

    static BerthException because(String code, String message, String hint) {
        return new BerthException(problem(code, message, hint));
    }

    static BerthException because(String code, String message, String hint, Throwable cause) {
        return new BerthException(problem(code, message, hint), cause);
    }
}
