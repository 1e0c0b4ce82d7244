package dev.berth.server;

/** Who may read {@code /metrics} on the management door. */
public enum MetricsAccess {
    /** Who holds the management token. */
    TOKEN,
    /** Everybody who reaches the door, which must be bound to loopback. */
    OPEN,
    /** Nobody, and nothing is counted. */
    OFF
}
