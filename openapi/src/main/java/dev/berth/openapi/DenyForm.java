package dev.berth.openapi;

/** CF-11: what a call of a path that is not in the permission list is answered. */
public enum DenyForm {
    /** 85107 (OA-15). */
    NOT_LISTED,
    /** HTTP 502 (OA-16). */
    BAD_GATEWAY,
    /** 48001 (OA-17). */
    UNAUTHORIZED
}
