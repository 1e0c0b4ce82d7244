package dev.berth.server;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a log record says, for programs: among the parameters of a record, and written as members of its line where the
 * log is JSON. Values are texts, numbers and booleans; none is a secret.
 */
record LogFields(Map<String, Object> values) {
    /** @param namesAndValues one after the other */
    static LogFields of(Object... namesAndValues) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return new LogFields(values);
    }
}
