package dev.berth.core;

/**
 * How many instances a version with traffic has (HO-18).
 *
 * @param min kept running even without calls; 0 allows the way to zero (HO-31)
 * @param max never exceeded; at least 1 and at least {@code min}
 */
public record Scale(int min, int max) {
    /** What the official templates begin with. */
    public static final Scale DEFAULT = new Scale(0, 5);

    /** Beyond this a mistake is likelier than a wish. */
    public static final int MOST = 1000;

    public Scale {
        if (min < 0 || max < 1 || max < min || max > MOST) {
            throw new BerthException(new Problem(
                    "INVALID_SCALE",
                    "hosting",
                    "min: %d, max: %d (expected: 0 <= min <= max, 1 <= max <= %d)".formatted(min, max, MOST),
                    "Give other numbers, such as --min 1 --max 5."));
        }
    }
}
