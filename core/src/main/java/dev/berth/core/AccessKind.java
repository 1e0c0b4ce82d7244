package dev.berth.core;

/** Who may reach a service (HO-6, CH-125). A new service has {@code MINIAPP}. */
public enum AccessKind {
    MINIAPP,
    PUBLIC,
    OA,
    VPC
}
