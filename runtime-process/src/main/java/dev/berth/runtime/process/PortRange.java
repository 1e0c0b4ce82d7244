package dev.berth.runtime.process;

/** Ports that instances may get, both ends included. */
public record PortRange(int first, int last) {
    public PortRange {
        if (first < 1 || last > 65535 || first > last) {
            throw new IllegalArgumentException(
                    "port range: %d-%d (expected: 1 <= first <= last <= 65535)".formatted(first, last));
        }
    }

    int size() {
        return last - first + 1;
    }

    @Override
    public String toString() {
        return first + "-" + last;
    }
}
