package dev.berth.functions;

import java.util.Locale;

/** The fields of an expression, in its order, and what they may hold (HO-61). */
enum CronField {
    SECOND("0 to 59"),
    MINUTE("0 to 59"),
    HOUR("0 to 23"),
    DAY_OF_MONTH("1 to 31"),
    MONTH("1 to 12, or JAN to DEC"),
    DAY_OF_WEEK("0 to 6, or SUN to SAT; 0 is Sunday"),
    YEAR("1970 to 2099");

    private final String allowed;

    CronField(String allowed) {
        this.allowed = allowed;
    }

    String allowed() {
        return allowed;
    }

    /** {@code day of month}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
