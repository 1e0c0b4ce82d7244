package dev.berth.server;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A size as people write it: {@code 512B}, {@code 100KiB}, {@code 10MiB}, {@code 2GiB}. 1 KiB is 1024 bytes. */
record DataSize(long bytes) {
    static final String EXAMPLES = "a whole number with B, KiB, MiB or GiB, such as 100KiB or 10MiB";

    private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(B|KiB|MiB|GiB)");

    DataSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("size: %d (expected: >= 0)".formatted(bytes));
        }
    }

    static DataSize ofMebibytes(int number) {
        return new DataSize((long) number << 20);
    }

    /** Empty unless the text has a unit, which is written exactly so. */
    static Optional<DataSize> parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches()
                ? Optional.of(new DataSize(Long.parseLong(form.group(1)) << shift(form.group(2))))
                : Optional.empty();
    }

    private static int shift(String unit) {
        return switch (unit) {
            case "KiB" -> 10;
            case "MiB" -> 20;
            case "GiB" -> 30;
            default -> 0;
        };
    }

    /** In the largest unit that leaves a whole number. */
    @Override
    public String toString() {
        for (String unit : new String[] {"GiB", "MiB", "KiB"}) {
            long one = 1L << shift(unit);
            if (bytes > 0 && bytes % one == 0) {
                return bytes / one + unit;
            }
        }
        return bytes + "B";
    }
}
