package dev.berth.hosting;

import dev.berth.core.BerthException;
import java.util.Map;

/** HO-9: integers per version, 100 together, or all 0. */
final class Weights {
    private static final String HINT = "Give whole per cents that make 100 together, such as 80 and 20.";

    private Weights() {}

    static void requireComplete(Map<String, Integer> weights) {
        if (weights.isEmpty()) {
            throw invalid("shares: none (expected: at least one version with its weight)");
        }
        weights.forEach(Weights::requirePerCent);
        int sum = weights.values().stream().mapToInt(Integer::intValue).sum();
        if (sum != 100 && sum != 0) {
            throw invalid("sum of weights: %d (expected: 100, or all 0)".formatted(sum));
        }
    }

    static void requirePerCent(String version, int weight) {
        if (weight < 0 || weight > 100) {
            throw invalid("weight of %s: %d (expected: 0 to 100)".formatted(version, weight));
        }
    }

    private static BerthException invalid(String message) {
        return Refused.because("INVALID_WEIGHT", message, HINT);
    }
}
