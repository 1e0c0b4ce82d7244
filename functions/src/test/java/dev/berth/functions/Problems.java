package dev.berth.functions;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.berth.core.BerthException;
import dev.berth.core.Problem;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

final class Problems {
    private Problems() {}

    static Problem of(ThrowingCallable code) {
        BerthException refused = catchThrowableOfType(BerthException.class, code);
        if (refused == null) {
            throw new AssertionError("nothing was refused");
        }
        return refused.problem();
    }
}
