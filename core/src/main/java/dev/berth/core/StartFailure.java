package dev.berth.core;

import static java.util.Objects.requireNonNull;

/** Why no instance could be had; for the management side, never for the caller. */
public record StartFailure(Problem problem) {
    public StartFailure {
        requireNonNull(problem, "problem is null");
    }
}
