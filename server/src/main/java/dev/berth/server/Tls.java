package dev.berth.server;

/** Who speaks TLS with those who come to a door. */
public enum Tls {
    /** Nobody: the door may be bound to loopback only. */
    NONE,
    /** A proxy in front, which alone can reach the door. */
    TERMINATED
}
