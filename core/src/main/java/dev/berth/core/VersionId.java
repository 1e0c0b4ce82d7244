package dev.berth.core;

/**
 * Which version of which service.
 *
 * @param number from 1, never reused
 */
public record VersionId(String environmentId, String service, int number) {
    public VersionId {
        if (number < 1) {
            throw new IllegalArgumentException("number: %d (expected: >= 1)".formatted(number));
        }
    }

    /** HO-3: {@code demo-001}. */
    public String name() {
        return "%s-%03d".formatted(service, number);
    }

    @Override
    public String toString() {
        return environmentId + "/" + name();
    }
}
