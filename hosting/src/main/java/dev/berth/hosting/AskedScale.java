package dev.berth.hosting;

import dev.berth.core.BerthException;
import dev.berth.core.Scale;
import java.util.OptionalInt;

/** How many instances somebody asked for, as far as said. */
public record AskedScale(OptionalInt min, OptionalInt max) {
    public static final AskedScale NONE = new AskedScale(OptionalInt.empty(), OptionalInt.empty());

    /**
     * What holds when {@code initial} says what is not said here (HO-18). A minimum above the default maximum raises it.
     *
     * @throws BerthException {@code INVALID_SCALE}
     */
    Scale over(AskedScale initial) {
        int least = min.orElse(initial.min.orElse(Scale.DEFAULT.min()));
        int most = max.orElse(initial.max.orElse(Math.max(least, Scale.DEFAULT.max())));
        return new Scale(least, most);
    }
}
