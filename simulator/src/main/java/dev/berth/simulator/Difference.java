package dev.berth.simulator;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing in which a call is other than expected.
 *
 * @param field such as {@code body.data.thing1.value} or {@code body.list[0]}
 * @param expected in JSON
 * @param found in JSON; {@code null} where the field is missing
 */
record Difference(String field, Object expected, @Nullable Object found) {
    /** Adds every difference: of an object only the expected fields count, a list must have as many items. */
    static void between(String field, Object expected, @Nullable Object found, List<Difference> differences) {
        if (expected instanceof JsonObject wanted && found instanceof JsonObject had) {
            wanted.forEach(entry -> fieldBetween(field, entry.getKey(), entry.getValue(), had, differences));
        } else if (expected instanceof JsonArray wanted
                && found instanceof JsonArray had
                && wanted.size() == had.size()) {
            for (int i = 0; i < wanted.size(); i++) {
                itemBetween("%s[%d]".formatted(field, i), wanted.getValue(i), had.getValue(i), differences);
            }
        } else if (!same(expected, found)) {
            differences.add(new Difference(field, expected, found));
        }
    }

    JsonObject json() {
        JsonObject json = new JsonObject().put("field", field).put("expected", expected);
        return found == null ? json.putNull("found") : json.put("found", found);
    }

    private static void fieldBetween(
            String field, String name, @Nullable Object expected, JsonObject had, List<Difference> differences) {
        itemBetween(field + "." + name, expected, had.getValue(name), differences);
    }

    /** An expected {@code null} is a field that is missing or {@code null}. */
    private static void itemBetween(
            String field, @Nullable Object expected, @Nullable Object found, List<Difference> differences) {
        if (expected != null) {
            between(field, expected, found, differences);
        } else if (found != null) {
            differences.add(new Difference(field, "null", found));
        }
    }

    private static boolean same(Object expected, @Nullable Object found) {
        if (expected instanceof Number wanted && found instanceof Number had) {
            return new BigDecimal(wanted.toString()).compareTo(new BigDecimal(had.toString())) == 0;
        }
        return expected.equals(found);
    }
}
