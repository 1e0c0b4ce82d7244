package dev.berth.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.berth.core.BerthException;
import dev.berth.core.Problem;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Expects a refusal that a person can act on. */
final class Refused {
    private Refused() {}

    static Problem with(String code, ThrowingCallable action) {
        BerthException refusal = catchThrowableOfType(BerthException.class, action);
        assertThat(refusal).as("a refusal with " + code).isNotNull();
        assertThat(refusal.problem().code()).isEqualTo(code);
        assertThat(refusal.problem().component()).isEqualTo("store");
        assertThat(refusal.problem().hint()).isNotBlank();
        return refusal.problem();
    }
}
